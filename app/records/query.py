"""What a search asks of the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, TypedDict, Unpack

from sqlalchemy import ColumnElement, and_, func, not_, or_

from app.records.entry import KeepPicture
from app.records.form import searched
from app.records.schema import records
from app.vocabulary import Decision


class Filters(TypedDict, total=False):
    """What a search may be narrowed to; left out or None means everything."""

    document: str | None
    decision: Decision | None
    """What counts: the inspector's word where there is one, else the verdict."""
    since: datetime | None
    until: datetime | None
    """The first moment that no longer counts."""
    withdrawn: bool | None
    """False, the default, leaves out what was taken back; True shows nothing else; None both."""
    recipe: str | None
    """Name of the recipe; every version of it."""
    workplace: Literal["documents", "parts"] | None
    relabel: bool | None
    """True: parts that are REVIEW or were overruled, and are not yet exported for training."""
    picture: KeepPicture | None
    """What is kept of the picture."""


def written_time(time: datetime) -> str:
    """Write a time so that text sorts as time; one without a zone is local time."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def matching(text: str, **filters: Unpack[Filters]) -> list[ColumnElement[bool]]:
    """Return the conditions; every word of the text must stand in a value or in the source."""
    unknown = set(filters) - _CONDITIONS.keys()
    if unknown:
        raise TypeError(f"there is no filter {', '.join(sorted(unknown))}")
    asked = [func.instr(records.c.text, word) > 0 for word in searched(text).split()]
    wanted: dict[str, Any] = {"withdrawn": False, **filters}
    asked += [
        condition(wanted[name])
        for name, condition in _CONDITIONS.items()
        if wanted.get(name) is not None
    ]
    return asked


def _at_workplace(workplace: str) -> ColumnElement[bool]:
    return records.c.recipe.is_(None) if workplace == "documents" else records.c.recipe.is_not(None)


def _to_relabel(wanted: bool) -> ColumnElement[bool]:
    waits = and_(
        records.c.recipe.is_not(None),
        records.c.exported_at.is_(None),
        or_(records.c.decision == Decision.REVIEW.value, records.c.overruled.is_not(None)),
    )
    return waits if wanted else not_(waits)


_CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "document": lambda document: records.c.document == document,
    "decision": lambda decision: records.c.decision == decision.value,
    "since": lambda since: records.c.saved_at >= written_time(since),
    "until": lambda until: records.c.saved_at < written_time(until),
    "withdrawn": lambda withdrawn: records.c.withdrawn == withdrawn,
    "recipe": lambda recipe: records.c.recipe == recipe,
    "workplace": _at_workplace,
    "relabel": _to_relabel,
    "picture": lambda picture: records.c.picture_kind == picture.value,
}
