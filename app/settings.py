"""Settings: described once here, forms are generated from it, the file holds only differences.

Order: what stands here < the file < the environment (``MINGJIAN_READER_THREADS``) < arguments.
"""

from __future__ import annotations

import difflib
import os
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, reduce
from pathlib import Path
from typing import Literal, cast

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from tomlkit import TOMLDocument
from tomlkit.items import Table

from app import paths
from app.errors import SettingsError
from app.language import Message, message

_PREFIX = "MINGJIAN_"
_ENCODING = "utf-8-sig"
"""An editor may have put a byte order mark in front."""

Values = Mapping[str, object]
"""``reader.threads`` → its value."""


class _Described(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StationSettings(_Described):
    """The workplace and where its pictures come from."""

    workplace: Literal["", "counter", "line"] = Field(
        default="",
        title="Workplace",
        description="What this machine is used for; empty asks at the first start.",
    )
    source: str = Field(
        default="",
        title="Source",
        description="Camera, scanner or folder that pictures come from; empty shows samples.",
    )


class ReaderSettings(_Described):
    """How pictures are read."""

    engine: str = Field(
        default="auto",
        min_length=1,
        title="Engine",
        description="Runtime and device of the models; “auto” takes the fastest one present.",
    )
    threads: int = Field(
        default=0,
        ge=0,
        le=256,
        title="Threads",
        description="Processor cores the models may use; 0 takes all of them.",
    )


class RecordsSettings(_Described):
    """Where records are kept, and how much of them."""

    folder: str = Field(
        default="",
        title="Folder",
        description="Where records and their pictures are kept; empty is the user's data folder.",
    )
    ok_pictures: Literal["full", "small", "none"] = Field(
        default="small",
        title="Pictures of OK parts",
        description="Every pixel, a small picture, or none; NG and REVIEW keep every pixel.",
    )


class LineSettings(_Described):
    """What the line judges, and how it calls the inspector."""

    recipe: str = Field(
        default="",
        title="Recipe",
        description="What the line judges by; empty takes the first one there is.",
    )
    source: str = Field(
        default="",
        title="Camera of the line",
        description="Where the line's pictures come from; empty shows sample boards.",
    )
    sound: bool = Field(
        default=True, title="Sound", description="Sounds when a part is not accepted."
    )


class DesktopSettings(_Described):
    """How the window looks."""

    language: Literal["", "zh_CN", "en"] = Field(
        default="",
        title="Language",
        description="Language of the window; empty follows the system.",
    )
    theme: Literal["system", "light", "dark"] = Field(
        default="system",
        title="Theme",
        description="Light or dark colours, or as the system has them.",
    )
    font_scale: float = Field(
        default=1.0,
        ge=1.0,
        le=2.0,
        title="Text size",
        description="How much larger than usual texts are shown.",
    )


class Settings(_Described):
    """Everything that can be set."""

    station: StationSettings = Field(
        default=StationSettings(),
        title="Station",
        description="The workplace and its source of pictures.",
    )
    line: LineSettings = Field(
        default=LineSettings(),
        title="Line",
        description="What the line judges, and how it calls the inspector.",
    )
    reader: ReaderSettings = Field(
        default=ReaderSettings(), title="Reading", description="How pictures are read."
    )
    records: RecordsSettings = Field(
        default=RecordsSettings(), title="Records", description="Where records are kept."
    )
    desktop: DesktopSettings = Field(
        default=DesktopSettings(), title="Window", description="How the window looks."
    )


def load_settings(path: Path | None = None, arguments: Values | None = None) -> Settings:
    """Read the settings; a file that is not there changes nothing.

    Raises SettingsError naming every fault of the file, the environment and the arguments.
    """
    path = path or paths.settings_file()
    values = dict(_defaults())
    faults = []
    for layer, shown, is_strict in (
        (_flat(_parsed(path)), str, True),
        (_environment(), _variable, False),
        (arguments or {}, str, False),
    ):
        faults += [fault for key in layer for fault in _faults(key, layer[key], shown, is_strict)]
        values.update(layer)
    if faults:
        raise SettingsError(
            "The settings cannot be used. {faults}",
            "Correct them in {path}, or move that file away to start with the usual settings.",
            "settings-wrong",
            path=path,
            faults=reduce(lambda one, next_: message("{one} {next}", one=one, next=next_), faults),
        )
    return Settings.model_validate(_nested(values))


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write what changed, so that the file holds only differences; comments stay.

    Raises SettingsError if the file has faults or cannot be written.
    """
    path = (path or paths.settings_file()).resolve()
    now = _flat(load_settings(path).model_dump())
    try:
        document = tomlkit.parse(path.read_text(_ENCODING)) if path.exists() else TOMLDocument()
        for key, value in _flat(settings.model_dump()).items():
            # What the environment sets is in force but does not belong into the file.
            if value != now[key]:
                _put(document, key, value)
        _write(path, tomlkit.dumps(document))
    except OSError as error:
        raise SettingsError(
            "The settings cannot be written to {path}: {reason}.",
            "Check the rights of the folder and the space on its disk.",
            "settings-not-written",
            path=path,
            reason=error.strerror,
        ) from error


def _parsed(path: Path) -> Values:
    try:
        return tomllib.loads(path.read_text(_ENCODING))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            "The settings file {path} cannot be read: {reason}.",
            "Correct it, or move it away to start with the usual settings.",
            "settings-unreadable",
            path=path,
            reason=error,
        ) from error


def _environment() -> Values:
    found = {}
    for name, value in os.environ.items():
        section, _, field = name.removeprefix(_PREFIX).lower().partition("_")
        if name.startswith(_PREFIX) and section in Settings.model_fields:
            found[f"{section}.{field}"] = value
    return found


def _variable(key: str) -> str:
    return _PREFIX + key.replace(".", "_").upper()


@cache
def _defaults() -> Values:
    return _flat(Settings().model_dump())


def _flat(nested: Values) -> dict[str, object]:
    flat: dict[str, object] = {}
    for section, value in nested.items():
        if isinstance(value, dict) and section in Settings.model_fields:
            flat |= {f"{section}.{name}": each for name, each in value.items()}
        else:
            flat[section] = value
    return flat


def _nested(flat: Values) -> dict[str, dict[str, object]]:
    nested: dict[str, dict[str, object]] = {}
    for key, value in flat.items():
        section, _, name = key.partition(".")
        nested.setdefault(section, {})[name] = value
    return nested


def _faults(
    key: str, value: object, shown: Callable[[str], str], is_strict: bool
) -> Iterator[Message]:
    if key not in _defaults():
        near = difflib.get_close_matches(key, _defaults(), n=1, cutoff=0)[0]
        yield message(
            "There is no “{key}”; did you mean “{near}”?", key=shown(key), near=shown(near)
        )
        return
    try:
        Settings.model_validate(_nested({key: value}), strict=is_strict)
    except ValidationError as error:
        for each in error.errors():
            yield message("“{key}” must be {allowed}.", key=shown(key), allowed=allowed(each))


def allowed(error: ErrorDetails) -> Message:
    """Say what may stand where pydantic found a fault."""
    match error["type"], error.get("ctx", {}):
        case "literal_error", {"expected": choices}:
            return message("one of {choices}", choices=choices)
        case "greater_than_equal", {"ge": limit}:
            return message("{limit} or more", limit=limit)
        case "less_than_equal", {"le": limit}:
            return message("{limit} or less", limit=limit)
        case "string_too_short", _:
            return message("a text that is not empty")
        case kind, _ if kind.startswith("int_"):
            return message("a whole number")
        case kind, _ if kind.startswith("float_"):
            return message("a number")
        case kind, _ if kind.startswith("bool_"):
            return message("true or false")
        case _:
            return message("a text")


def _put(document: TOMLDocument, key: str, value: object) -> None:
    section, _, name = key.partition(".")
    if section not in document:
        document[section] = tomlkit.table()
    table = cast("Table", document[section])
    if value != _defaults()[key]:
        table[name] = value
    elif name in table:
        del table[name]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Made for its owner alone, and beside the old file, so that taking its place is one step.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".settings-", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
            part.replace(path)
        except OSError:
            part.unlink()
            raise
