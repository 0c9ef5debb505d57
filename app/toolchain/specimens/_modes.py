"""The ways a document becomes a picture: scan, camera, hard, photocopy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.toolchain.specimens import _wear
from app.toolchain.specimens._desk import desk, lid
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._view import View, camera_view, scan_view
from app.vocabulary import Bgr

A4_MM = (210.0, 297.0)

_Sizes = Sequence[tuple[int, int]]
_CAMERAS: _Sizes = (
    (1280, 720),
    (1280, 960),
    (1600, 1200),
    (1920, 1080),
    (2048, 1536),
    (2592, 1944),
    (3264, 2448),
)
_WEAK_CAMERAS: _Sizes = (
    (640, 480),
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
_HARD_EM_PX = 14.0
"""Least pixels of the smallest print's em: below about 12 a person must guess at characters."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the picture is taken of: how large it is and how small its print."""

    size_mm: tuple[float, float]
    smallest_mm: float


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of taking a picture."""

    look: Callable[[Dice, Subject], View]
    under: Callable[[Dice, tuple[int, int]], Bgr]
    has_shadow: bool
    handle: Callable[[Dice, Bgr, float], Bgr]
    """What happened to the paper before; told its pixels a millimetre."""
    wear: Callable[[Dice, Bgr, float], Bgr]
    """What the device does; told how many pixels the smallest print has."""


def _quarter(dice: Dice, share: float) -> int:
    return dice.whole(1, 3) if dice.chance(share) else 0


def _scan_look(dice: Dice, subject: Subject) -> View:
    least = _SCAN_EM_PX / subject.smallest_mm * 25.4
    dpi = max(least, dice.pick((150.0, 200.0, 200.0, 240.0, 300.0)))
    width, height = subject.size_mm
    page = A4_MM if width <= height else (A4_MM[1], A4_MM[0])
    if max(subject.size_mm) < 150 and dice.chance(0.25):
        dpi, page = max(least, dice.real(150, 200)), A4_MM
    elif max(subject.size_mm) < 150 or dice.chance(0.3):
        page = (width + dice.real(0, 30), height + dice.real(0, 30))
    return scan_view(dice, subject.size_mm, dpi, page, _quarter(dice, 0.12))


def _camera_look(dice: Dice, subject: Subject) -> View:
    roll, quarter = dice.real(-9, 9), _quarter(dice, 0.1)
    return camera_view(
        dice,
        subject.size_mm,
        _CAMERA_EM_PX / subject.smallest_mm,
        tilt_deg=14,
        roll_deg=roll + 90 * quarter,
        sizes=_held(_CAMERAS, subject, quarter),
    )


def _hard_look(dice: Dice, subject: Subject) -> View:
    roll, quarter = dice.real(-15, 15), _quarter(dice, 0.15)
    return camera_view(
        dice,
        subject.size_mm,
        _HARD_EM_PX / subject.smallest_mm,
        tilt_deg=24,
        roll_deg=roll + 90 * quarter,
        sizes=_held(_WEAK_CAMERAS, subject, quarter),
    )


def _held(sizes: _Sizes, subject: Subject, quarter: int) -> _Sizes:
    """Return the sizes with the camera held the way the document lies."""
    is_upright = subject.size_mm[1] > subject.size_mm[0]
    if (quarter % 2 == 1) == is_upright:
        return sizes
    return tuple((height, width) for width, height in sizes)


def _kept(_dice: Dice, sheet: Bgr, _scale: float) -> Bgr:
    return sheet


def _handled(dice: Dice, sheet: Bgr, scale: float) -> Bgr:
    return _wear.creased(dice, sheet, dice.whole(1, 3), scale) if dice.chance(0.5) else sheet


def _scan_wear(dice: Dice, picture: Bgr, _em_px: float) -> Bgr:
    if dice.chance(0.5):
        picture = _wear.blurred(picture, dice.real(0.3, 0.6))
    picture = _wear.noisy(dice, picture, dice.real(0.5, 3))
    return _wear.compressed(picture, dice.whole(75, 95))


def _camera_wear(dice: Dice, picture: Bgr, _em_px: float) -> Bgr:
    picture = _wear.lit(dice, picture, dice.real(0.05, 0.35), 0.08)
    if dice.chance(0.15):
        picture = _wear.glared(dice, picture, dice.real(0.15, 0.35))
    picture = _wear.blurred(picture, dice.real(0.35, 0.85))
    picture = _wear.noisy(dice, picture, dice.real(1, 5))
    return _wear.compressed(picture, dice.whole(72, 95))


def _hard_wear(dice: Dice, picture: Bgr, em_px: float) -> Bgr:
    """Combine faults; the blur grows with the print, so that it stays legible."""
    picture = _wear.lit(dice, picture, dice.real(0.2, 0.6), 0.14)
    if dice.chance(0.5):
        picture = _wear.shadowed(dice, picture, dice.real(0.25, 0.55))
    if dice.chance(0.35):
        picture = _wear.glared(dice, picture, dice.real(0.25, 0.6))
    if dice.chance(0.4):
        picture = _wear.pressed(picture, dice.real(0.5, 0.8), dice.real(70, 150))
    if dice.chance(0.45):
        picture = _wear.shaken(dice, picture, em_px * dice.real(0.05, 0.11))
    else:
        picture = _wear.blurred(picture, em_px * dice.real(0.03, 0.058))
    picture = _wear.noisy(dice, picture, dice.real(2, 6))
    return _wear.compressed(picture, dice.whole(50, 78))


def _photocopy_wear(dice: Dice, picture: Bgr, em_px: float) -> Bgr:
    picture = _wear.blurred(picture, em_px * dice.real(0.02, 0.04))
    picture = _wear.copied(dice, picture, is_stark=dice.chance(0.4))
    return _wear.compressed(picture, dice.whole(60, 90))


MODES: Mapping[str, Mode] = {
    "scan": Mode(_scan_look, lid, False, _kept, _scan_wear),
    "camera": Mode(_camera_look, desk, True, _kept, _camera_wear),
    "hard": Mode(_hard_look, desk, True, _handled, _hard_wear),
    "photocopy": Mode(_scan_look, lid, False, _handled, _photocopy_wear),
}
