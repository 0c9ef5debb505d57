"""What ``npu-smi info`` prints, read by its columns' names: widths and columns differ by chip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip; None where npu-smi says NA or nothing."""

    npu: str
    name: str
    health: str
    power_w: float | None
    temperature_c: float | None
    load_percent: float | None
    memory_mb: tuple[int, int] | None
    """Used and whole."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole answer."""

    version: str
    driver: str
    chips: tuple[Chip, ...]


def overview_of(text: str) -> Overview | None:
    """Read the answer of ``npu-smi info``; None if it is no such table."""
    head = re.search(r"npu-smi\s+(\S+).*?Version:\s*(\S+)", text)
    return Overview(head[1], head[2], tuple(_chips(text))) if head else None


def pairs_of(text: str) -> dict[str, str]:
    """Read an answer of lines ``key : value``."""
    pairs = (line.split(":", 1) for line in text.splitlines() if ":" in line)
    return {key.strip(): value.strip() for key, value in pairs}


def _chips(text: str) -> Iterator[Chip]:
    """Every chip is two rows: who it is and how it does, then where it is and what it is doing."""
    first: list[str] | None = None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) < 3 or not re.match(r"\d", cells[0]):
            if "Process" in line:
                return
            continue
        if first is None:
            first = cells
        else:
            yield _chip(first, cells)
            first = None


def _chip(first: list[str], second: list[str]) -> Chip:
    npu, _, name = first[0].partition(" ")
    numbers = first[-1].split()
    load = second[-1].split()
    # The last pair is the large memory: HBM where the chip has it, DDR elsewhere. No width is
    # relied on: “19435/ 21527” was seen, too.
    sizes = re.findall(r"(\d+)\s*/\s*(\d+)", second[-1])
    return Chip(
        npu=npu,
        name=name.strip(),
        health=first[1],
        power_w=_number(numbers[0] if numbers else ""),
        temperature_c=_number(numbers[1] if len(numbers) > 1 else ""),
        load_percent=_number(load[0] if load else ""),
        memory_mb=(int(sizes[-1][0]), int(sizes[-1][1])) if sizes else None,
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
