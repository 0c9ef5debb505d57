"""A document scanner, through SANE: one page a time from the glass, or the feeder until empty."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from app.capture import Found, Source, _scanimage
from app.capture._address import AnyKnobs, written
from app.capture._decode import pages
from app.capture._scanimage import Batch, Ended, Option, Status
from app.capture._scanner_faults import impossible, lost, program_missing, spoilt
from app.errors import BadPicture
from app.language import message
from app.vocabulary import Frame

_PAGE_S = 180.0
"""A page of A3 at 600 dpi takes a minute, and a lamp may have to warm up before."""

_MODES = {"color": ("color", "colour"), "gray": ("gray", "grey"), "lineart": ("lineart", "black")}
_SOURCES = {"flatbed": ("flatbed", "platen"), "adf": ("adf", "feeder"), "duplex": ("duplex",)}
"""What the drivers' words for it contain."""


class Knobs(AnyKnobs):
    """What can be set on a scanner."""

    resolution: int = Field(
        default=300,
        ge=75,
        le=600,
        title="Resolution (dpi)",
        description="The nearest one that the scanner has is taken",
    )
    mode: Literal["color", "gray", "lineart"] = Field(
        default="color", title="Colours", description="Colour tells a photocopy from an original"
    )
    source: Literal["auto", "flatbed", "adf", "duplex"] = Field(
        default="auto",
        title="Paper from",
        description="The glass, or the feeder, one or both sides",
    )
    width_mm: int = Field(
        default=0,
        ge=0,
        le=1000,
        title="Width (mm)",
        description="0 takes what the scanner is set to",
    )
    height_mm: int = Field(
        default=0,
        ge=0,
        le=3000,
        title="Height (mm)",
        description="0 takes what the scanner is set to",
    )
    pages: int = Field(
        default=0,
        ge=0,
        le=9999,
        title="Pages at most",
        description="0 goes on until the feeder is empty",
    )


class ScannerSource(Source):
    """One scanner; held from open to close, it scans a page for every frame that is asked for."""

    is_live = False

    def __init__(self, device: str, knobs: Knobs) -> None:
        self.address = written("scanner", device)
        self._device = device
        self._knobs = knobs
        self._batch: Batch | None = None
        self._asked_at: float | None = None
        self._number = 0

    def open(self) -> None:
        """Take the scanner. Raises SourceLost, or SettingsError for what it cannot do."""
        self.close()
        self._number = 0
        try:
            able = _scanimage.options(self._device)
            self._batch = Batch(self._device, _arguments(self._device, able, self._knobs))
        except FileNotFoundError as error:
            raise program_missing() from error
        except Ended as error:
            raise lost(error, self._device) from error

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:
        """Scan a page; None while it is on its way, and behind the last of the feeder.

        Raises SourceLost for a jam, an open cover, an empty feeder, each in its own words.
        """
        if self._batch is None:
            return None
        if self._asked_at is None:
            self._batch.ask()
            self._asked_at = time.monotonic()
        try:
            path = self._batch.page(timeout_s)
        except Ended as error:
            if self._is_end(error):
                self.close()
                return None
            raise lost(error, self._device) from error
        if path is not None:
            return self._frame(path)
        if time.monotonic() - self._asked_at > _PAGE_S:
            raise lost(Ended(Status.NO_ANSWER, ""), self._device)
        return None

    @property
    def is_finished(self) -> bool:
        """Whether the feeder is empty, or all pages that were wanted are scanned."""
        return self._batch is None

    def close(self) -> None:
        """Give the scanner back."""
        self._asked_at = None
        if self._batch is not None:
            self._batch.close()
            self._batch = None

    def _is_end(self, error: Ended) -> bool:
        return self._number > 0 and error.status in (Status.GOOD, Status.NO_DOCUMENTS)

    def _frame(self, path: Path) -> Frame:
        self._asked_at = None
        self._number += 1
        picture = next(pages(path)).picture
        path.unlink(missing_ok=True)
        if self._number == self._knobs.pages:
            self.close()
        if isinstance(picture, BadPicture):
            raise spoilt(self.address, self._number) from picture
        return Frame(picture, self._number, time.time(), self.address, self._number)


def make(target: str, knobs: Knobs) -> ScannerSource:
    """Return the scanner as SANE names it, or the first one for an empty target."""
    return ScannerSource(target, knobs)


def find() -> list[Found]:
    """List the scanners; asks every one of them, which takes some seconds."""
    try:
        found = _scanimage.devices()
    except (Ended, OSError):
        return []
    return [
        Found(written("scanner", device), message("Scanner: {name}", name=name))
        for device, name in found
    ]


def _arguments(device: str, able: Mapping[str, Option], knobs: Knobs) -> list[str]:
    """Return what scanimage is told. Raises SettingsError for what the scanner has not."""
    arguments = []
    if "mode" in able:
        word = _word(device, "mode", _MODES[knobs.mode], knobs.mode, able)
        arguments.append(f"--mode={word}")
    if knobs.source != "auto":
        word = _word(device, "source", _SOURCES[knobs.source], knobs.source, able)
        arguments.append(f"--source={word}")
    if "resolution" in able:
        arguments.append(f"--resolution={able['resolution'].nearest(knobs.resolution)}")
    for side, wanted_mm in (("x", knobs.width_mm), ("y", knobs.height_mm)):
        if wanted_mm and side in able:
            arguments += [f"-{side}", able[side].nearest(wanted_mm)]
    return arguments


def _word(
    device: str, name: str, parts: tuple[str, ...], wanted: str, able: Mapping[str, Option]
) -> str:
    """Return the driver's word for what is wanted; “ADF Duplex” is no word for one side."""
    choices = able[name].choices if name in able else ()
    fitting = [choice for choice in choices if any(part in choice.lower() for part in parts)]
    one_sided = [choice for choice in fitting if "duplex" not in choice.lower()]
    chosen = fitting if wanted == "duplex" else one_sided
    if not chosen:
        raise impossible(device, name, wanted, choices)
    return chosen[0]
