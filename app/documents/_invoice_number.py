"""Code and number of a paper invoice: printed without a label, twice each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.documents._sheet import Sheet
from app.documents._span import Span, cut
from app.vocabulary import Field, Proof

FIRM = 0.8
"""Two copies confirm each other where no digit of either was read with less."""

_NUMBER = re.compile(r"(?<!\d)\d{8}(?!\d)")
_CODE = re.compile(r"(?<!\d)(?:\d{12}|\d{10})(?!\d)")
_OTHER = re.compile(r"[-+*/<>年月:]|编号|校验|电话|账号")
"""Stands in the cipher, in dates and in other numbers, never in these two."""


def unlabelled(sheet: Sheet, end: float) -> tuple[Field, Field]:
    """Read code and number among the lines above height ``end``."""
    texts = [
        cut(strip.line)
        for strip in sheet.strips
        if strip.left_y < end and not _OTHER.search(strip.line.line.text)
    ]
    code = _agreed("invoice_code", list(_runs(texts, _CODE)))
    return code, _agreed("invoice_number", list(_runs(texts, _NUMBER)))


def _runs(texts: Sequence[Span], pattern: re.Pattern[str]) -> Iterator[Span]:
    for text in texts:
        for found in pattern.finditer(text.text):
            yield text.part(*found.span())


def _agreed(name: str, copies: Sequence[Span]) -> Field:
    """Take the surest copy; another one that reads the same confirms it."""
    if not copies:
        return Field(name, "", Proof.MISSING)
    surest = max(copies, key=lambda copy: copy.score)
    field = surest.field(name)
    if any(copy.text != surest.text for copy in copies):
        return replace(field, proof=Proof.CONFLICT)
    is_confirmed = len(copies) > 1 and min(copy.score for copy in copies) >= FIRM
    return replace(field, proof=Proof.CONFIRMED if is_confirmed else Proof.READ)
