"""Expected failures: what happened, what to do, and a stable code.

AppError
├── SettingsError    unknown key, bad value
│   └── RecipeError  unknown, broken or unwritable recipe
├── KindError        no such camera, engine or document
├── CaptureError
│   ├── BadPicture   this file or page cannot be read; the next one may
│   └── SourceLost   the device went away; retried with back-off
├── EngineError      model missing or altered, device absent, run failed
├── ReadingError     this frame cannot be read → REVIEW
└── RecordError      disk full, folder read-only, database damaged

Anything else is a bug and reaches the crash handler.
"""

from __future__ import annotations

from app.language import Message


class AppError(Exception):
    """An expected failure, told to the person at the machine in one sentence and one next step."""

    def __init__(self, what: str, hint: str, code: str, **values: object) -> None:
        """Take the English templates of both sentences; ``values`` fill their placeholders."""
        filled = tuple(values.items())
        self.what = Message(what, filled)
        self.hint = Message(hint, filled)
        self.code = code
        super().__init__(f"{self.what} {self.hint} [{code}]")


class SettingsError(AppError):
    """A settings or recipe file does not say what it may say."""


class RecipeError(SettingsError):
    """A recipe is not there, does not say what it may say, or cannot be written."""


class KindError(AppError):
    """A kind was named that no file provides."""


class CaptureError(AppError):
    """A frame could not be had."""


class BadPicture(CaptureError):
    """This file or page cannot be read; the source goes on with the next one."""

    def __init__(
        self, what: str, hint: str, code: str, *, source: str = "", page: int = 1, **values: object
    ) -> None:
        """Remember beside the sentences which file and page it was; both may be placeholders."""
        super().__init__(what, hint, code, source=source, page=page, **values)
        self.source = source
        self.page = page


class SourceLost(CaptureError):
    """The device or stream went away; it may come back."""


class EngineError(AppError):
    """A model or its device cannot be used."""


class ReadingError(AppError):
    """A frame cannot be read; its verdict is REVIEW."""


class RecordError(AppError):
    """A record cannot be kept or found."""
