"""The corners of a document on the frame: its edge where it shows, else the room its text takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.reader._view import View
from app.vocabulary import Bgr, Quad, TextLine

MARGIN = 1.0
"""Room around the text where no edge shows, in line heights."""
LARGEST = 8.0
"""An edge around more than this many times the text's own area belongs to something else."""


def outline_of(glance: View, lines: Sequence[TextLine], angle: float) -> Quad:
    """Return the document's corners, upper left first as read; ``angle`` is the reading angle."""
    points = np.array([corner for line in lines for corner in line.quad], np.float64)
    edge = _smallest_edge(glance.picture, glance.inside(points).astype(np.float32))
    if edge is None:
        return _as_quad(_upright_box(points, angle, MARGIN * _median_height(lines)))
    return _as_quad(_in_order(glance.outside(edge), angle))


def _smallest_edge(small: Bgr, points: NDArray[np.float32]) -> NDArray[np.float64] | None:
    edges = cv2.dilate(cv2.Canny(small, 40, 120), np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    text_area = float(cv2.contourArea(cv2.convexHull(points)))
    best: NDArray[np.float64] | None = None
    smallest = text_area * LARGEST
    for contour in contours:
        _, _, width, height = cv2.boundingRect(contour)
        if width * height < text_area:
            continue
        area = cv2.contourArea(contour)
        if not text_area < area < smallest:
            continue
        hull = cv2.convexHull(contour)
        corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)
        if len(corners) == 4 and _holds(corners, points):
            best, smallest = corners.reshape(4, 2).astype(np.float64), area
    return best


def _holds(corners: NDArray[Any], points: NDArray[np.float32]) -> bool:
    slack = -2.0
    return all(cv2.pointPolygonTest(corners, (float(x), float(y)), True) > slack for x, y in points)


def _axes(angle: float) -> NDArray[np.float64]:
    turn = np.radians(angle)
    return np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])


def _upright_box(points: NDArray[np.float64], angle: float, margin: float) -> NDArray[np.float64]:
    axes = _axes(angle)
    turned = points @ axes.T
    (x1, y1), (x2, y2) = turned.min(axis=0) - margin, turned.max(axis=0) + margin
    return np.array([[x1, y1], [x2, y1], [x2, y2], [x1, y2]]) @ axes


def _in_order(corners: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    turned = (corners - corners.mean(axis=0)) @ _axes(angle).T
    around = np.argsort(np.arctan2(turned[:, 1], turned[:, 0]))
    first = int(np.argmin(turned[around].sum(axis=1)))
    return corners[np.roll(around, -first)]


def _as_quad(corners: NDArray[np.float64]) -> Quad:
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    return a, b, c, d


def _median_height(lines: Sequence[TextLine]) -> float:
    return float(np.median([np.hypot(*np.subtract(line.quad[3], line.quad[0])) for line in lines]))
