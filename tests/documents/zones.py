"""Machine-readable zones as printed on a page, the published specimens first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.documents import Interpretation, load
from app.documents._mrz import MRV_A, MRV_B, TD1, TD2, TD3, Layout, check_digit
from app.vocabulary import Field
from documents.printed import Paper

SPECIMENS: list[tuple[Layout, tuple[str, ...]]] = [
    (  # part 5, appendix B
        TD1,
        (
            "I<UTOD231458907<<<<<<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        ),
    ),
    (  # part 6, appendix B
        TD2,
        ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"),
    ),
    (  # part 4, appendix B
        TD3,
        (
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ),
    ),
    (  # part 7, appendix B
        MRV_A,
        (
            "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
        ),
    ),
    (
        MRV_B,
        ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"),
    ),
]
LONG_NUMBER = (  # part 5, 4.2.2, note j: D23145890734 with check digit 9
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
)

PASSPORT = SPECIMENS[2][1]
CARD = SPECIMENS[0][1]
ROW = 28
"""From one row to the next; a character is 8 pixels wide."""

CZECH = (
    "P<CZESPECIMEN<<VZOR<<<<<<<<<<<<<<<<<<<<<<<<<",
    "99003853<1CZE1101018M1207046110101111<<<<<94",
)


def zone(lines: Iterable[str], *, y: float = 300, doubts: Mapping[int, str] | None = None) -> Paper:
    """Print a zone; ``doubts`` are those of its second line."""
    paper = Paper()
    for row, line in enumerate(lines):
        paper.put(line, 10, y + row * ROW, doubts=doubts if row == 1 else None)
    return paper


def printed_page(paper: Paper) -> Paper:
    """Print the visual zone of the passport of Anna Maria Eriksson."""
    paper.put("P", 120, 20).put("UTO", 180, 20).put("L898902C3", 260, 20)
    paper.put("ZE 184226 B", 260, 160)
    paper.put("Surname / Nom", 120, 50).put("ERIKSSON", 120, 75)
    paper.put("Given names / Prénoms", 120, 105).put("ANNA MARIA", 120, 130)
    paper.put("UTOPIAN", 120, 160).put("12 AUG/AOUT 74", 120, 190)
    return paper.put("F", 120, 220).put("15 APR/AVR 12", 120, 250)


def passport(number: str) -> tuple[str, str]:
    """Give Anna Maria another document number."""
    rest = PASSPORT[1][10:43]
    line = number + check_digit(number) + rest
    return PASSPORT[0], line + check_digit(line[:10] + line[13:20] + line[21:43])


def card(birth: str, sex: str) -> tuple[str, str, str]:
    """Give Anna Maria another birth date and sex."""
    line = birth + check_digit(birth) + sex + CARD[1][8:29]
    covered = CARD[0][5:] + line[:7] + line[8:15] + line[18:]
    return CARD[0], line + check_digit(covered), CARD[2]


def only(paper: Paper) -> dict[str, Field]:
    (found,) = load("travel_document").find(paper.lines)
    return by_name(found)


def by_name(found: Interpretation) -> dict[str, Field]:
    return {field.name: field for field in found.fields}
