"""What can go wrong with a scanner, each in one sentence with its next step."""

from __future__ import annotations

from collections.abc import Sequence

from app.capture._scanimage import Ended, Status
from app.errors import BadPicture, SettingsError, SourceLost
from app.language import Message, message

_FAULTS: dict[int, tuple[Message, Message, str]] = {
    Status.NO_ANSWER: (
        message("The scanner {device} does not answer."),
        message("Switch it off and on again; it is tried again by itself."),
        "scanner-silent",
    ),
    Status.CANCELLED: (
        message("The scan was cancelled at the scanner {device}."),
        message("Scan again."),
        "scanner-cancelled",
    ),
    Status.BUSY: (
        message("The scanner {device} is busy."),
        message("Close other programs that use it; it is tried again by itself."),
        "scanner-busy",
    ),
    Status.JAMMED: (
        message("Paper is jammed in the scanner {device}."),
        message("Open it, take the paper out, and put the page in again."),
        "scanner-jammed",
    ),
    Status.NO_DOCUMENTS: (
        message("There is no paper in the scanner {device}."),
        message("Put the pages into the feeder."),
        "scanner-empty",
    ),
    Status.COVER_OPEN: (
        message("The cover of the scanner {device} is open."),
        message("Close the cover."),
        "scanner-open",
    ),
    Status.IO_ERROR: (
        message("The connection to the scanner {device} failed."),
        message("Check its cable or network, and whether it is switched on."),
        "scanner-connection",
    ),
    Status.NO_MEMORY: (
        message("The scanner {device} has too little memory for this page."),
        message("Scan at a lower resolution."),
        "scanner-memory",
    ),
    Status.DENIED: (
        message("The scanner {device} may not be used."),
        message("Add this user to the group “scanner”, and log in again."),
        "scanner-forbidden",
    ),
}
_NOT_OPENED = ("open of device", "no SANE devices found")


def lost(error: Ended, device: str) -> SourceLost:
    """Say why scanimage ended."""
    if error.status in _FAULTS:
        what, hint, code = _FAULTS[error.status]
        return SourceLost(what.template, hint.template, code, device=device)
    if any(words in str(error) for words in _NOT_OPENED):
        return SourceLost(
            "The scanner {device} is not there.",
            "Check its cable and whether it is switched on; it is tried again by itself.",
            "scanner-missing",
            device=device,
        )
    return SourceLost(
        "The scanner {device} failed: {fault}",
        "Switch it off and on again; it is tried again by itself.",
        "scanner-failed",
        device=device,
        fault=error.complaint or error.status,
    )


def program_missing() -> SourceLost:
    """No SANE on this machine."""
    return SourceLost(
        "Scanners cannot be used: the program scanimage is missing.",
        "Install it: apt install sane-utils",
        "scanner-program",
    )


def impossible(device: str, option: str, wanted: str, able: Sequence[str]) -> SettingsError:
    """The scanner has no such mode or source."""
    return SettingsError(
        "The scanner {device} has no {option} “{wanted}”.",
        "It has: {able}.",
        "scanner-option",
        device=device,
        option=option,
        wanted=wanted,
        able=", ".join(able) or "–",
    )


def spoilt(address: str, page: int) -> BadPicture:
    """The scanner sent less than it announced."""
    return BadPicture(
        "Page {page} did not come whole from the scanner.",
        "Scan it again.",
        "scan-incomplete",
        source=address,
        page=page,
    )
