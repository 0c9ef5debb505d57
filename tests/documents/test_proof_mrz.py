"""ICAO Doc 9303: layouts, check digits and values of every machine-readable zone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import _mrz
from app.documents._mrz import MRV_A, MRV_B, TD1, TD3, Layout, Zone
from app.documents._states import STATES
from documents.zones import LONG_NUMBER, SPECIMENS

TODAY = dt.date(2026, 6, 1)


def failing(zone: Zone) -> set[str]:
    checked = _mrz.checked_parts(zone)
    return {name for name, parts in checked.items() if not _mrz.holds(name, zone.text(*parts))}


@pytest.mark.parametrize(
    ("text", "digit"),
    [("520727", "3"), ("AB2134<<<", "5"), ("L898902C3", "6"), ("ZE184226B<<<<<", "1"), ("", "0")],
)
def test_published_check_digits(text: str, digit: str) -> None:
    assert _mrz.check_digit(text) == digit


@pytest.mark.parametrize(("layout", "lines"), SPECIMENS)
def test_published_specimens_hold(layout: Layout, lines: tuple[str, ...]) -> None:
    assert failing(Zone(layout, lines)) == set()
    assert all(len(line) == layout.length for line in lines)


@pytest.mark.parametrize(("layout", "lines"), SPECIMENS)
def test_the_parts_of_a_specimen_say_what_is_printed(
    layout: Layout, lines: tuple[str, ...]
) -> None:
    zone = Zone(layout, lines)
    assert _mrz.names(zone.part("names")) == ("ERIKSSON", "ANNA MARIA")
    assert zone.part("state") == "UTO"
    assert zone.part("sex") == "F"
    born = _mrz.birth_date(zone.part("birth_date"), TODAY)
    assert born == ("1940-09-07" if layout in (MRV_A, MRV_B) else "1974-08-12")
    assert _mrz.document_number(zone) in {"D23145890", "L898902C3", "L8988901C"}


def test_a_long_number_goes_on_in_the_optional_data() -> None:
    zone = Zone(TD1, LONG_NUMBER)
    assert failing(zone) == set()
    assert _mrz.document_number(zone) == "D23145890734"


def test_a_passport_number_never_goes_on() -> None:
    lines = SPECIMENS[2][1]
    zone = Zone(TD3, (lines[0], lines[1][:9] + "<" + lines[1][10:]))
    assert _mrz.document_number(zone) == "L898902C3"
    assert "document_number" in failing(zone)


@given(st.sampled_from([s for s in SPECIMENS if s[0] is not MRV_A]), st.data())
def test_a_wrong_digit_where_a_check_digit_looks_fails(
    specimen: tuple[Layout, tuple[str, ...]], data: st.DataObject
) -> None:
    layout, lines = specimen[0], list(specimen[1])
    parts = [
        part for parts in _mrz.checked_parts(Zone(layout, tuple(lines))).values() for part in parts
    ]
    part = data.draw(st.sampled_from(parts))
    place = data.draw(st.integers(part.start, part.end - 1))
    old = lines[part.line][place]
    new = data.draw(st.sampled_from("0123456789"))
    value = 0 if old == "<" else int(old, 36)
    lines[part.line] = lines[part.line][:place] + new + lines[part.line][place + 1 :]
    # Modulus 10 cannot see a difference of ten: A, K, U, 0 and the filler are one to it.
    assert bool(failing(Zone(layout, tuple(lines)))) or (value - int(new)) % 10 == 0


@pytest.mark.parametrize(
    ("field", "both"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<<<<<<<", ("ERIKSSON", "ANNA MARIA")),
        ("VAN<DER<MUELLEN<<KATE<<<<<<<<<", ("VAN DER MUELLEN", "KATE")),
        ("ARKFREITH<<<<<<<<<<<<<<<<<<<<<", ("ARKFREITH", "")),
        ("NILAVADHANANANDA<<CHAYAPA<DEJ<K", ("NILAVADHANANANDA", "CHAYAPA DEJ K")),
        ("PAPANDROPOULOUS<<JONATHON<ALEC", ("PAPANDROPOULOUS", "JONATHON ALEC")),
        ("<<<<<<", ("", "")),
    ],
)
def test_names_are_split_as_the_standard_shows(field: str, both: tuple[str, str]) -> None:
    assert _mrz.names(field) == both


@pytest.mark.parametrize(
    ("six", "date"),
    [
        ("740812", "1974-08-12"),
        ("260601", "2026-06-01"),
        ("260602", "1926-06-02"),
        ("000229", "2000-02-29"),
        ("7408<<", "1974-08"),
        ("74<<<<", "1974"),
        ("26<<<<", "2026"),
        ("27<<<<", "1927"),
        ("<<<<<<", ""),
        ("741301", ""),
        ("740230", ""),
        ("74<<12", ""),
        ("7413<<", ""),
        ("<<0812", ""),
    ],
)
def test_nobody_is_born_in_the_future(six: str, date: str) -> None:
    assert _mrz.birth_date(six, TODAY) == date


@pytest.mark.parametrize(
    ("six", "date"),
    [
        ("260531", "2026-05-31"),
        ("560601", "2056-06-01"),
        ("560602", "1956-06-02"),
        ("940623", "1994-06-23"),
    ],
)
def test_a_document_expires_within_thirty_years(six: str, date: str) -> None:
    assert _mrz.expiry_date(six, TODAY) == date


def test_a_leap_day_has_a_horizon_too() -> None:
    assert _mrz.expiry_date("300101", dt.date(2024, 2, 29)) == "2030-01-01"


@pytest.mark.parametrize(
    ("name", "text", "is_right"),
    [
        ("optional", "<<<<<<<<<<<<<<<", True),
        ("optional", "<<<<<<<<<<<<<<0", True),
        ("optional", "<<<<<<<<<<<<<<1", False),
        ("document_number", "<<<<<<<<<0", False),
        ("birth_date", "<<<<<<0", True),
        ("birth_date", "7413012", False),
        ("document_number", "L89890ÄC36", False),
        ("composite", "", False),
    ],
)
def test_a_check_digit_holds_only_over_what_is_well_formed(
    name: str, text: str, *, is_right: bool
) -> None:
    assert _mrz.holds(name, text) is is_right


def test_states_are_those_of_the_standard() -> None:
    assert {"CHN", "D", "UTO", "XXA", "GBR", "EUE", "UNO", "RKS"} <= STATES
    assert "DEU" not in STATES
    assert len(STATES) > 270
