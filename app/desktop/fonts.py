"""Which typefaces the window is set in: the best Chinese one that this machine has."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QFontDatabase

TEXT = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "HarmonyOS Sans SC",
    "MiSans",
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
"""Best first. The last two stand in every Kylin and UOS image, the first two in most."""

MONO = ("Noto Sans Mono CJK SC", "Sarasa Mono SC", "WenQuanYi Micro Hei Mono", "DejaVu Sans Mono")

RARE = ("Plangothic P1", "HanaMinB", "HanaMinA", "SimSun-ExtB")
"""Behind the text face, for the characters of rare names (CJK extension B and later)."""


def families(wanted: Iterable[str], installed: Iterable[str] | None = None) -> list[str]:
    """Return those of the wanted families that are installed, in the wanted order."""
    there = set(QFontDatabase.families() if installed is None else installed)
    return [name for name in wanted if name in there]


def text_families() -> list[str]:
    """Return the text face and, behind it, faces for rare characters."""
    return [*families(TEXT)[:1], *families(RARE)] or ["sans-serif"]


def mono_families() -> list[str]:
    """Return the face for hashes and file names."""
    return families(MONO)[:1] or ["monospace"]
