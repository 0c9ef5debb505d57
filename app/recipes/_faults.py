"""What is wrong with a recipe's file, a sentence a fault, with the nearest key that there is."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.language import Message, message
from app.settings import allowed

MOST = 12
"""A file that is something else altogether has hundreds; nobody reads more than these."""
AREAS = ("region", "masks")


def faults(error: ValidationError, described: type[BaseModel]) -> tuple[Message, ...]:
    """Tell every fault, once each, in the order of the file's description."""
    told = dict.fromkeys(_fault(each, described) for each in error.errors()[:MOST])
    return tuple(told)


def _fault(error: ErrorDetails, described: type[BaseModel]) -> Message:
    place = error["loc"]
    key = ".".join(part for part in place if isinstance(part, str))
    if error["type"] == "extra_forbidden":
        return _unknown(place, described)
    if place and place[0] in AREAS:
        return message(
            "“{key}” must be left, top, right and bottom in whole pixels, left before right "
            "and top before bottom.",
            key=key,
        )
    return _of_value(error, key)


def _of_value(error: ErrorDetails, key: str) -> Message:
    match error["type"]:
        case "missing":
            return message("“{key}” is missing.", key=key)
        case "recipe-order":
            return message("“{key}.review” must not lie above “{key}.score”.", key=key)
        case "string_pattern_mismatch" | "recipe-characters":
            return message("“{key}” holds a character that is not allowed.", key=key)
        case "string_too_long":
            return message("“{key}” is too long.", key=key)
        case "model_type" | "dict_type":
            return message("“{key}” must be a table of its own.", key=key)
        case kind if kind.startswith(("datetime_", "timezone_")):
            return message("“{key}” must be a date with time and time zone.", key=key)
        case _:
            return message("“{key}” must be {allowed}.", key=key, allowed=allowed(error))


def _unknown(place: tuple[int | str, ...], described: type[BaseModel]) -> Message:
    *above, last = map(str, place)
    known = list(_keys(above, described))
    near = difflib.get_close_matches(str(last), known, n=1, cutoff=0)[0]
    before = "".join(f"{name}." for name in above)
    return message(
        "There is no “{key}”; did you mean “{near}”?", key=f"{before}{last}", near=f"{before}{near}"
    )


def _keys(above: list[str], described: type[BaseModel]) -> Iterator[str]:
    model = described
    is_class = False
    for name in above:
        if is_class:  # any name stands here, and its limits follow
            is_class = False
            continue
        annotation = model.model_fields[name].annotation
        is_class = get_origin(annotation) is dict
        inner = (annotation, *get_args(annotation))
        model = next(t for t in inner if isinstance(t, type) and issubclass(t, BaseModel))
    yield from model.model_fields
