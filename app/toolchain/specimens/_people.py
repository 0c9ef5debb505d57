"""Invented persons whose papers agree with one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric

from app.toolchain.specimens import _places
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._layout import TODAY
from app.toolchain.specimens._names import ethnicity, person_name
from app.toolchain.specimens._places import Region


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    name: str
    sex: str
    ethnicity: str
    birth: date
    region: Region
    address: str
    id_number: str


def person(dice: Dice, youngest: int = 0) -> Person:
    """Invent somebody of at least an age, with a valid number of GB 11643."""
    birth = dice.day(date(1938, 1, 1), years_on(TODAY, -youngest - 1))
    sex = dice.pick("男女")
    people = ethnicity(dice)
    home = dice.pick(_places.regions())
    number = _id_number(dice, birth, sex, home)
    now = home if dice.chance(0.7) else dice.pick(_places.regions())
    return Person(
        person_name(dice, people), sex, people, birth, now, _places.address(dice, now), number
    )


def _id_number(dice: Dice, birth: date, sex: str, home: Region) -> str:
    while True:
        order = dice.whole(0, 499) * 2 + (sex == "男")
        start = f"{home.code}{birth:%Y%m%d}{order:03d}"
        number = start + ric.calc_check_digit(f"{start}0")
        if ric.is_valid(number):
            return number
        # The county did not exist yet when this person was born.
        home = dice.pick(_places.regions())


def years_on(day: date, years: int) -> date:
    """Return the same day of another year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def age(birth: date, day: date) -> int:
    """Return full years of age on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
