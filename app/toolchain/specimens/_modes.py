"""The ways a document becomes a picture: scan, camera, hard, photocopy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.toolchain.specimens import _wear
from app.toolchain.specimens._desk import desk, lid
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._layout import Layout
from app.toolchain.specimens._view import View, camera_view, scan_view
from app.vocabulary import Bgr

A4_MM = (210.0, 297.0)

_CAMERAS = (
    (1280, 720),
    (1280, 960),
    (1600, 1200),
    (1920, 1080),
    (2048, 1536),
    (2592, 1944),
    (3264, 2448),
)
_WEAK_CAMERAS = (
    (800, 600),
    (1024, 768),
    (1280, 720),
    (1280, 960),
    (1600, 1200),
    (1920, 1080),
    (2592, 1944),
)

_SCAN_EM_PX = 14.0
_CAMERA_EM_PX = 15.0
_HARD_EM_PX = 13.5
"""Least pixels of the smallest print's em: below about 12 a person must guess at characters."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of taking a picture."""

    look: Callable[[Dice, Layout], View]
    under: Callable[[Dice, tuple[int, int]], Bgr]
    wear: Callable[[Dice, Bgr], Bgr]


def _quarter(dice: Dice, share: float) -> int:
    return dice.whole(1, 3) if dice.chance(share) else 0


def _scan_look(dice: Dice, layout: Layout) -> View:
    least = _SCAN_EM_PX / layout.smallest_mm * 25.4
    dpi = max(least, dice.pick((150.0, 200.0, 200.0, 240.0, 300.0)))
    width, height = layout.size_mm
    page = A4_MM if width <= height else (A4_MM[1], A4_MM[0])
    if max(layout.size_mm) < 150 and dice.chance(0.25):
        dpi, page = max(least, dice.real(150, 200)), A4_MM
    elif max(layout.size_mm) < 150 or dice.chance(0.3):
        page = (width + dice.real(0, 30), height + dice.real(0, 30))
    return scan_view(dice, layout.size_mm, dpi, page, _quarter(dice, 0.12))


def _camera_look(dice: Dice, layout: Layout) -> View:
    quarter = _quarter(dice, 0.1)
    roll = dice.real(-9, 9) + 90 * quarter
    sizes: Sequence[tuple[int, int]] = _CAMERAS
    if quarter % 2 != (layout.size_mm[1] > layout.size_mm[0]):
        sizes = tuple((height, width) for width, height in _CAMERAS)
    return camera_view(
        dice,
        layout.size_mm,
        _CAMERA_EM_PX / layout.smallest_mm,
        tilt_deg=14,
        roll_deg=roll,
        sizes=sizes,
    )


def _scan_wear(dice: Dice, picture: Bgr) -> Bgr:
    if dice.chance(0.5):
        picture = _wear.blurred(picture, dice.real(0.3, 0.6))
    picture = _wear.noisy(dice, picture, dice.real(0.5, 3))
    return _wear.compressed(picture, dice.whole(75, 95))


def _camera_wear(dice: Dice, picture: Bgr) -> Bgr:
    picture = _wear.lit(dice, picture, dice.real(0.05, 0.35), 0.08)
    picture = _wear.blurred(picture, dice.real(0.35, 0.85))
    picture = _wear.noisy(dice, picture, dice.real(1, 5))
    return _wear.compressed(picture, dice.whole(72, 95))


MODES: Mapping[str, Mode] = {
    "scan": Mode(_scan_look, lid, _scan_wear),
    "camera": Mode(_camera_look, desk, _camera_wear),
}
