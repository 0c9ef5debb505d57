"""Addresses: ``kind:target?knob=value&knob=value``, taken apart, put together and checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import SettingsError
from app.language import Message, message

_PAIRS = re.compile(r"\w+=[^&?]*(?:&\w+=[^&?]*)*")
_PASSWORD = re.compile(r"((?:password|passwd|pwd)=)[^&_/]*", re.IGNORECASE)
"""Many cameras take it in the path or the query, as in ``/user=admin_password=…_channel=1``."""
_STREAMS = ("rtsp", "rtsps", "rtmp", "http", "https")
_NEAR = 0.85
"""Above it a name in a camera's URL is taken for a misspelt knob (“transport” and “transportmode”
have 0.82, and the latter belongs to the camera)."""


class AnyKnobs(BaseModel):
    """What the knobs of every kind are."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Knobs = TypeVar("Knobs", bound=AnyKnobs)


def parse(address: str) -> tuple[str, str, dict[str, str]]:
    """Return kind, target and knobs; a ``?`` that no knobs follow belongs to the target."""
    kind, _, rest = address.partition(":")
    if kind in _STREAMS and rest.startswith("//"):
        kind, rest = "stream", address
    elif address.startswith(("/", "./", "../", "~")):
        kind, rest = "folder", address
    target, mark, tail = rest.rpartition("?")
    if not mark or (tail and not _PAIRS.fullmatch(tail)):
        return kind, rest, {}
    return kind, target, dict(pair.split("=", 1) for pair in tail.split("&") if pair)


def written(kind: str, target: str, **knobs: object) -> str:
    """Return the address that ``parse`` takes apart into just this."""
    tail = "&".join(f"{name}={value}" for name, value in knobs.items())
    return f"{kind}:{target}" + (f"?{tail}" if tail or "?" in target else "")


def knobs_of(
    kind: str, model: type[Knobs], target: str, given: Mapping[str, str]
) -> tuple[str, Knobs]:
    """Check the knobs; what a URL had in its own query goes back to the target.

    Raises SettingsError for an unknown knob, naming the nearest, and for a value out of bounds.
    """
    known = tuple(model.model_fields)
    own = {}
    if "://" in target:
        own = {name: value for name, value in given.items() if not _is_knob(name, known)}
        target = "?".join([target, "&".join(f"{n}={v}" for n, v in own.items())][: 1 + bool(own)])
    meant = {name: value for name, value in given.items() if name not in own}
    for name in meant:
        if name not in known:
            raise _unknown(kind, name, known)
    try:
        return target, model.model_validate(meant)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise SettingsError(
            "“{value}” is not possible for “{knob}” of {kind}.",
            "Possible is: {allowed}.",
            "knob-value",
            value=meant[name],
            knob=name,
            kind=kind,
            allowed=_allowed(model.model_json_schema()["properties"][name]),
        ) from error


def without_password(url: str) -> str:
    """Return a URL as it may be shown and recorded."""
    url = _PASSWORD.sub(r"\1***", url)
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    user, mark, host = parts.netloc.rpartition("@")
    if ":" not in user:
        return url
    return parts._replace(netloc=f"{user.partition(':')[0]}:***{mark}{host}").geturl()


def _is_knob(name: str, known: tuple[str, ...]) -> bool:
    return bool(difflib.get_close_matches(name, known, n=1, cutoff=_NEAR))


def _unknown(kind: str, name: str, known: tuple[str, ...]) -> SettingsError:
    if not known:
        return SettingsError(
            "The source “{kind}” has no knob “{knob}”.",
            "It has none at all; leave out what follows the question mark.",
            "knob-unknown",
            kind=kind,
            knob=name,
        )
    near = difflib.get_close_matches(name, known, n=1, cutoff=0)
    return SettingsError(
        "The source “{kind}” has no knob “{knob}”.",
        "Did you mean “{near}”? Known: {known}.",
        "knob-unknown",
        kind=kind,
        knob=name,
        near=near[0],
        known=", ".join(known),
    )


def _allowed(schema: Mapping[str, object]) -> str | Message:
    choices = schema.get("enum")
    if isinstance(choices, list):
        return ", ".join(map(str, choices))
    if schema.get("type") == "boolean":
        return "1, 0"
    return message(
        "a number from {least} to {most}", least=schema["minimum"], most=schema["maximum"]
    )
