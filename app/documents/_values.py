"""How words are written: names, addresses and other texts, character by character."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise
from statistics import median

from app.documents._span import Read, Span, centres, chosen, doubtful, joined
from app.documents._variants import simplified, simplified_name

FULL_WIDTH = {"(": "（", ")": "）"}
"""Chinese text has brackets of its own; recognisers give either."""
DOTS = dict.fromkeys("•・.．‧∙", "·")
"""Stands between the parts of a transcribed name (GB/T 15834-2011, 4.14)."""
SHORTEST_ADDRESS = 4
LONG_LINE = 17.0
"""Characters of an address that may fill its line."""
MOST_DROPPED = 2
"""A text with more characters than this that no name has is none."""
DOTTED = 5
"""Names of so many characters are often transcribed ones, with a dot between their parts."""
HOLE = 1.3
"""A step so much wider than the usual one has room for a dot."""
_CIPHER = re.compile(r"密?[-+*/<>\d]{5}")
"""Stands behind the buyer on an invoice, and what is left of its label 密码区."""
_EVIDENT_COMPANY = re.compile(
    r"(?!有限|股份|其他|个体|全民|集体|国有).{3,}(公司|事务所|合伙企业|[厂店部馆社场院行]|中心)(（.*）)?"
)
_EVIDENT_TYPE = re.compile(
    r"(其他)?(股份)?有限(责任)?公司|个体工商户|(普通|有限)合伙企业|个人独资企业|全民所有制|集体所有制"
)
_EVIDENT_ADDRESS = re.compile(r"[省市区县州旗盟].{4,}[号室户村组栋楼街路区]|[省市区县州旗盟].{7,}")
_BODY = re.compile(r"[\w(（《“*#].*[\w)）》”*+#]|[\w*]", re.DOTALL)
"""What a text begins and ends with, between specks."""


def is_chinese(char: str) -> bool:
    """Tell whether this is a Chinese character, the rarest included."""
    return "㐀" <= char <= "鿿" or "豈" <= char <= "﫿" or char >= "\U00020000" or char == "〇"


def trimmed(span: Span) -> Span:
    """Drop colons, dashes, ticks and specks before and behind a text."""
    found = _BODY.search(span.text)
    return span.part(*found.span()) if found else span.part(0, 0)


def text(span: Span) -> Span | None:
    """Read Chinese text: no spaces, full-width brackets."""
    clean = simplified(trimmed(span).replaced(FULL_WIDTH))
    if "_" in clean.text:
        # Given for what the recogniser does not know.
        clean = doubtful(clean.only(lambda char: char != "_"))
    twice = clean.text.find("））")
    if twice >= 0 and clean.text.count("）") > clean.text.count("（"):
        # Boxes over each other show a bracket twice.
        clean = joined((clean.part(0, twice), clean.part(twice + 1)))
    if clean.text.count("（") != clean.text.count("）"):
        clean = doubtful(clean)  # its end was not seen
    return clean if clean.glyphs else None


def chinese_text(span: Span) -> Span | None:
    """Read text that has at least one Chinese character."""
    clean = text(span)
    return clean if clean and any(map(is_chinese, clean.text)) else None


def chinese_only(span: Span) -> Span | None:
    """Read the Chinese characters of a text and nothing else."""
    return chinese_text(span.only(is_chinese))


def address(span: Span) -> Span | None:
    """Read an address; a short word is none."""
    value = chinese_text(span)
    while value and value.glyphs and value.text[0].isascii() and value.text[0].isalpha():
        value = value.part(1)  # what is left of a label in Latin letters
    if value is None or len(value) < SHORTEST_ADDRESS:
        return None
    return doubtful(value) if _may_go_on(value) else value


def _may_go_on(address: Span) -> bool:
    """Tell whether a last line of one character, such as 号, may have been overlooked."""
    if not address.text[-1].isascii():
        return False
    widths: dict[int, float] = {}
    for glyph in address.glyphs:
        widths[id(glyph.line)] = widths.get(id(glyph.line), 0.0) + 1 - 0.5 * glyph.text.isascii()
    *others, last = widths.values()
    return last > max(others, default=LONG_LINE) - 1.5


def party(span: Span) -> Span | None:
    """Read the name behind a colon, whatever is left of the label before it."""
    name = span.part(span.text.rfind(":") + 1)
    found = _CIPHER.search(name.text)
    return text(name.part(0, found.start()) if found else name)


def evident_company(span: Span) -> Span | None:
    """Read what can only be the name of a business; without its label it is doubtful."""
    value = text(span)
    return doubtful(value) if value and _EVIDENT_COMPANY.fullmatch(value.text) else None


def evident_type(span: Span) -> Span | None:
    """Read the type of a business out of a text; what stands before it may belong to it."""
    found = _EVIDENT_TYPE.search(span.text)
    value = text(span.part(found.start())) if found else None
    return doubtful(value) if value else None


def evident_address(span: Span) -> Span | None:
    """Read what can only be an address: long, and with the name of a place in it."""
    value = address(span)
    return value if value and _EVIDENT_ADDRESS.search(value.text) else None


def ending(word: str) -> Read:
    """Return a reader for a word at the end of a text."""

    def read(span: Span) -> Span | None:
        return span.part(len(span) - len(word)) if span.text.endswith(word) else None

    return read


def person(span: Span) -> Span | None:
    """Read a person's name: Chinese characters, a dot between the parts of a transcribed one.

    What is dropped may have been a rare character, and nobody has only a family name: both make
    the name doubtful.
    """
    whole = trimmed(simplified_name(span.replaced(DOTS)))
    name = whole.only(lambda char: is_chinese(char) or char == "·")
    if len(whole) - len(name) > MOST_DROPPED:
        return None
    is_whole = len(name) == len(whole) and len(name) > 1 and not _has_hole(name)
    return (name if is_whole else doubtful(name)) if name.glyphs else None


def one_of(words: Collection[str], longest: int = 99) -> Read:
    """Return a reader for one of these one-character words in a text that is not too long."""

    def read(span: Span) -> Span | None:
        for glyph in span.glyphs if len(span) <= longest else ():
            for candidate in glyph.candidates:
                if candidate.text in words:
                    return Span((chosen(glyph, candidate),))
        return None

    return read


def _has_hole(name: Span) -> bool:
    """Tell whether a long name has room for an unread dot between two of its characters."""
    if len(name) < DOTTED or "·" in name.text:
        return False
    steps = [
        centres(after.line.line)[after.place] - centres(before.line.line)[before.place]
        for before, after in pairwise(name.glyphs)
        if before.line is not None and before.line is after.line
    ]
    return bool(steps) and max(steps) > HOLE * median(steps)
