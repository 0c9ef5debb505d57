"""What the window is made with; tests put small real parts of their own in these places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app import assembly
from app.desktop.bridge import MakeInspector, Tell
from app.inspector import Inspector
from app.records import Records
from app.settings import Settings, save_settings
from app.station import Station, Trigger

BY_THEMSELVES = ("hotfolder:",)
"""Sources whose pages are read as they come, without a key."""


def join(settings: Settings, address: str, make_inspector: MakeInspector, tell: Tell) -> Station:
    """Join the station of an address with an inspector whose models are loaded already."""
    trigger = Trigger.EVERY if address.startswith(BY_THEMSELVES) else None
    return assembly.open_station(
        settings, tell, source=address, trigger=trigger, make_inspector=make_inspector
    )


def _save(settings: Settings) -> None:
    save_settings(settings)


@dataclass(frozen=True, slots=True)
class Parts:
    """The product's own parts."""

    open_store: Callable[[Settings], Records] = assembly.open_store
    open_inspector: Callable[[Settings], Inspector] = assembly.open_inspector
    join: Callable[[Settings, str, MakeInspector, Tell], Station] = join
    save: Callable[[Settings], None] = _save
    samples: Callable[[], str] = assembly.samples
    today: Callable[[], dt.date] = dt.date.today
