"""What can be wrong with a file or page, each in one sentence with its next step."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import BadPicture, SourceLost
from app.language import message


def printable(path: str | os.PathLike[str]) -> str:
    r"""Return a path as valid Unicode: bytes that are none are written ``\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path that stays on one line and cannot reorder the text around it."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in printable(path)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Which file, and which page of a file that has several."""

    path: Path
    page: int | None = None

    def told(self) -> dict[str, Any]:
        """Return what a BadPicture takes: path, page, and both in words."""
        name = shown(self.path)
        words = message("{file}, page {page}", file=name, page=self.page) if self.page else name
        return {"source": printable(self.path), "page": self.page or 1, "file": words}


def as_lost(bad: BadPicture, code: str | None = None) -> SourceLost:
    """Say of a whole source what was said of a file."""
    values = dict(bad.what.values)
    return SourceLost(bad.what.template, bad.hint.template, code or bad.code, **values)


def empty(at: Place) -> BadPicture:
    """Not one byte."""
    return BadPicture(
        "“{file}” is empty.",
        "Save or scan it again.",
        "picture-empty",
        **at.told(),
    )


def cut_short(at: Place) -> BadPicture:
    """The file ends before the picture does."""
    return BadPicture(
        "“{file}” is cut short: its end is missing.",
        "Copy or scan it again.",
        "picture-truncated",
        **at.told(),
    )


def damaged(at: Place) -> BadPicture:
    """No decoder makes sense of it."""
    return BadPicture(
        "“{file}” is damaged and cannot be read.",
        "Copy or scan it again.",
        "picture-damaged",
        **at.told(),
    )


def unknown_format(at: Place) -> BadPicture:
    """Content of no format that we read."""
    return BadPicture(
        "“{file}” is not a picture that can be read.",
        "Save it as JPEG, PNG, TIFF, BMP, WebP, GIF or PDF.",
        "picture-format",
        **at.told(),
    )


def unknown_colours(at: Place, mode: str) -> BadPicture:
    """A colour space that cannot be turned into BGR."""
    return BadPicture(
        "“{file}” has colours that cannot be read ({mode}).",
        "Save it as RGB.",
        "picture-colours",
        mode=mode,
        **at.told(),
    )


def too_large(at: Place, width: int, height: int, most: int) -> BadPicture:
    """More pixels than we are ready to hold."""
    return BadPicture(
        "“{file}” is too large: {width} × {height} pixels.",
        "Scan it at a lower resolution; up to {most} megapixels are read.",
        "picture-too-large",
        width=width,
        height=height,
        most=most // 1_000_000,
        **at.told(),
    )


def too_heavy(at: Place, most: int) -> BadPicture:
    """More bytes than we are ready to hold."""
    return BadPicture(
        "“{file}” is too large: more than {most} MB.",
        "Split it, or scan it at a lower resolution.",
        "picture-too-heavy",
        most=most // 1_000_000,
        **at.told(),
    )


def too_small(at: Place, width: int, height: int) -> BadPicture:
    """Nothing could be written on so few pixels."""
    return BadPicture(
        "“{file}” is too small to read: {width} × {height} pixels.",
        "Scan it at 300 dpi.",
        "picture-too-small",
        width=width,
        height=height,
        **at.told(),
    )


def encrypted(at: Place) -> BadPicture:
    """A PDF that opens only with a password."""
    return BadPicture(
        "“{file}” is protected by a password.",
        "Save it without the password.",
        "picture-encrypted",
        **at.told(),
    )


def too_slow(at: Place, most_s: float) -> BadPicture:
    """A PDF page that keeps the renderer busy."""
    return BadPicture(
        "“{file}” takes longer than {most} seconds to draw.",
        "Print it to a picture, and read that.",
        "picture-too-slow",
        most=round(most_s),
        **at.told(),
    )


def not_a_file(at: Place) -> BadPicture:
    """A pipe, a device, a folder."""
    return BadPicture(
        "“{file}” is not a file.",
        "Choose a picture or a folder of pictures.",
        "picture-not-a-file",
        **at.told(),
    )


def no_pictures(at: Place) -> BadPicture:
    """A folder or pattern that gives nothing."""
    return BadPicture(
        "There is no picture in “{file}”.",
        "Put JPEG, PNG, TIFF, BMP, WebP, GIF or PDF files there.",
        "folder-empty",
        **at.told(),
    )


def missing(at: Place) -> BadPicture:
    """No such file."""
    return BadPicture(
        "“{file}” is not there.",
        "Check the name, and whether it was moved.",
        "picture-missing",
        **at.told(),
    )


def dead_link(at: Place) -> BadPicture:
    """A symbolic link to nothing, or in a circle."""
    return BadPicture(
        "“{file}” is a link that leads nowhere.",
        "Mend or remove the link.",
        "picture-dead-link",
        **at.told(),
    )


def forbidden(at: Place) -> BadPicture:
    """No right to read it."""
    return BadPicture(
        "“{file}” may not be read.",
        "Ask for the right to read it.",
        "picture-forbidden",
        **at.told(),
    )


def unreadable(at: Place, fault: str | None) -> BadPicture:
    """The disk or the network failed."""
    return BadPicture(
        "“{file}” cannot be read: {fault}",
        "Check the disk or the network share.",
        "picture-unreadable",
        fault=fault,
        **at.told(),
    )
