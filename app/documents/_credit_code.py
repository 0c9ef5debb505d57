"""Unified social credit codes of GB 32100-2015, and the taxpayer numbers that came before."""

from __future__ import annotations

import re

from stdnum.cn import uscc

from app.documents import _id_number

LENGTH = 18

_FORM = re.compile(r"[1-9ANY][1-9A-HJ-NP-RTUW-Y]\d{6}[0-9A-HJ-NP-RTUW-Y]{10}")
"""GB 32100-2015, table 1: authority, kind, region, organisation code, check; no I, O, Z, S, V."""

_FORMER = re.compile(r"\d{6}[0-9A-Z]{9}")
"""Region and organisation code, fifteen characters, given out until 2015; no check digit of its
own over the whole."""


def holds(code: str) -> bool:
    """Tell whether form, region and check character fit."""
    return (
        len(code) == LENGTH
        and bool(_FORM.fullmatch(code))
        and _is_region(code[2:8])
        and code[-1] == uscc.calc_check_digit(code[:-1])
    )


def is_former_number(code: str) -> bool:
    """Tell whether this has the form of an old 15-digit taxpayer number; it cannot be proven."""
    return bool(_FORMER.fullmatch(code)) and _is_region(code[:6])


def _is_region(code: str) -> bool:
    # 100000 is the registry of the State itself: ministries and central bodies.
    return code == "100000" or _id_number.is_region(code)
