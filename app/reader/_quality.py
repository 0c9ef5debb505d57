"""What is wrong with a picture as a picture: blur, glare, a cut-off edge, a copy."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from app.vocabulary import Bgr, Flaw, Quad, TextLine

WIDTH, HEIGHT = 96, 64
"""The document is examined straightened and this small, in pixels."""
SOFT = 0.16
"""Text whose steepest edges rise by less than this share of its contrast a pixel, on a line
48 pixels high, is blurred."""
GLARING = 0.015
"""Share of the document that may be burnt out before it counts as glare."""
WHITE = 250
PAPER = 225
"""A document brighter than this in the middle is white paper: burnt-out paper is no glare."""
COLOURED = 14
"""A document whose most colourful parts differ by less than this between channels is a copy."""


def flaws_of(bgr: Bgr, lines: Sequence[TextLine], outline: Quad) -> frozenset[Flaw]:
    """Examine one document of a frame."""
    small = _straightened(bgr, outline)
    found = {
        Flaw.BLURRED: _is_blurred(bgr, lines),
        Flaw.GLARE: _has_glare(small),
        Flaw.CUT_OFF: _is_cut_off(bgr, lines),
        Flaw.PHOTOCOPY: _is_grey(small),
    }
    return frozenset(flaw for flaw, is_there in found.items() if is_there)


def _straightened(bgr: Bgr, outline: Quad) -> Bgr:
    target = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(outline, np.float32), target)
    return np.asarray(cv2.warpPerspective(bgr, matrix, (WIDTH, HEIGHT), borderMode=1))


def _is_blurred(bgr: Bgr, lines: Sequence[TextLine]) -> bool:
    longest = sorted(lines, key=lambda line: -len(line.text))[:5]
    return bool(longest) and float(np.median([_steepness(bgr, line) for line in longest])) < SOFT


def _steepness(bgr: Bgr, line: TextLine) -> float:
    corners: NDArray[np.float32] = np.array(line.quad[:3], np.float32)
    length = float(np.hypot(*(corners[1] - corners[0])))
    height = float(np.hypot(*(corners[2] - corners[1])))
    width = max(8, min(480, round(48 * length / max(height, 1.0))))
    target = np.array([[0, 0], [width, 0], [width, 48]], np.float32)
    matrix = cv2.getAffineTransform(corners, target)
    grey = cv2.cvtColor(cv2.warpAffine(bgr, matrix, (width, 48), borderMode=1), cv2.COLOR_BGR2GRAY)
    low, high = np.percentile(grey, (2, 98))
    steps = np.abs(np.diff(grey.astype(np.int16), axis=1))
    return float(np.percentile(steps, 98)) / max(float(high - low), 1.0)


def _has_glare(small: Bgr) -> bool:
    dimmest = small.min(axis=2)
    if np.median(dimmest) > PAPER:
        return False
    burnt = cv2.erode((dimmest >= WHITE).astype(np.uint8), np.ones((3, 3), np.uint8))
    return float(burnt.mean()) > GLARING


def _is_grey(small: Bgr) -> bool:
    spread = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    return float(np.percentile(spread, 98)) < COLOURED


def _is_cut_off(bgr: Bgr, lines: Sequence[TextLine]) -> bool:
    height, width = bgr.shape[:2]
    corners = np.array([corner for line in lines for corner in line.quad])
    middles = (corners[0::4] + corners[2::4]) / 2
    out = (middles < 0) | (middles > (width, height))
    ends = (corners < -2) | (corners > (width + 2, height + 2))
    return bool(out.any() or ends.reshape(len(lines), -1).sum(axis=1).max(initial=0) >= 2)
