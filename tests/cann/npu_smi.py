"""The command `npu-smi`, printing what real machines print, "emulation" in its version.

EMULATED_CHIP chooses among 310, 310B4, 310P3 and 910B2C. The layouts are those of real samples:
no Bus-Id on a 310B, no power on a 310P, a column of HBM on a 910B.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

VERSION = "23.0.0-emulation"
RULE = "+" + "-" * 104 + "+"


@dataclass(frozen=True)
class Card:
    """What one chip tells of itself."""

    health: str
    power: str
    temperature: int
    pages: str
    bus: str
    use: int
    memory: str
    hbm: str = ""


CARDS = {
    "310": Card("OK", "12.8", 49, "0     / 0", "0000:3B:00.0", 0, "2457 / 8192"),
    "310B4": Card("Alarm", "0.0", 65, "15    / 15", "NA", 0, "3628 / 15609"),
    "310P3": Card("OK", "NA", 56, "0     / 0", "0000:01:00.0", 0, "1844 / 21527"),
    "910B2C": Card("OK", "94.4", 42, "0 / 0", "0000:66:00.0", 0, "0 / 0", "3412 / 65536"),
}


def main(words: Sequence[str]) -> int:
    """Print `info` or one of its queries."""
    chip = os.environ.get("EMULATED_CHIP", "310P3")
    card = CARDS[chip]
    match list(words):
        case ["info"]:
            print(_overview(chip, card))
        case ["info", "-l"]:
            print(_pairs({"Total Count": 1, "NPU ID": 0, "Chip Count": 1}))
        case ["info", "-m"]:
            print(f"{'NPU ID':<20}{'Chip ID':<20}{'Chip Logic ID':<20}Chip Name")
            print(f"{0:<20}{0:<20}{0:<20}Ascend {chip} (emulation)")
        case ["info", "-t", kind, "-i", "0", *_] if kind in _QUERIES:
            print(_pairs(_QUERIES[kind](chip, card)))
        case _:
            print("npu-smi: invalid parameter (emulation)", file=sys.stderr)
            return 1
    return 0


def _row(*cells: str) -> str:
    widths = (22, 15, 1)
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def _overview(chip: str, card: Card) -> str:
    heads = ["Power(W)     Temp(C)           Hugepages-Usage(page)"]
    has_hbm = bool(card.hbm)
    memory = "Memory-Usage(MB)" + ("        HBM-Usage(MB)" if has_hbm else "")
    version = f"| npu-smi {VERSION:<35}Version: {VERSION:<40}|"
    health = f"{card.power:<12} {card.temperature:<17} {card.pages}"
    second = _row("Chip", "Bus-Id", f"AICore(%)    {memory}")
    use = f"{card.use:<12} {card.memory}" + (f"    {card.hbm}" if has_hbm else "")
    chip_cell = "0" if has_hbm else "0       0"
    if not has_hbm:
        second = _row("Chip    Device", "Bus-Id", f"AICore(%)    {memory}")
    return "\n".join(
        [
            RULE,
            version,
            RULE,
            _row("NPU     Name", "Health", *heads),
            second,
            RULE,
            _row(f"0       {chip}", card.health, health),
            _row(chip_cell, card.bus, use),
            RULE,
            "| NPU     Chip              | Process id    | Process name             | Memory(MB) |",
            RULE,
            "| No running processes found in NPU 0 |",
            RULE,
        ]
    )


def _health(chip: str, card: Card) -> dict[str, object]:
    is_well = card.health == "OK"
    return {
        "Health Status": card.health,
        "Error Code": "NA" if is_well else "80E3A203",
        "Error Information": "NA" if is_well else "LPM current reading",
    }


def _board(chip: str, card: Card) -> dict[str, object]:
    return {
        "NPU ID": 0,
        "Product Name": f"Atlas ({chip}, emulation)",
        "Model": "NA",
        "Manufacturer": "emulation",
        "Serial Number": "EMULATION",
        "Software Version": VERSION,
        "Firmware Version": "7.1.0-emulation",
        "Compatibility": "OK",
        "PCIe Bus Info": card.bus,
        "Chip Count": 1,
    }


def _common(chip: str, card: Card) -> dict[str, object]:
    used, _, total = card.memory.partition(" / ")
    share = 100 * int(used) // int(total) if int(total) else 0
    return {
        "NPU ID": 0,
        "Chip Count": 1,
        "Chip ID": 0,
        "Memory Usage Rate(%)": share,
        "HBM Usage Rate(%)": 5 if card.hbm else "NA",
        "Aicore Usage Rate(%)": card.use,
        "Temperature(C)": card.temperature,
        "NPU Real-time Power(W)": card.power,
    }


def _usages(chip: str, card: Card) -> dict[str, object]:
    return {"DDR Capacity(MB)": card.memory.partition(" / ")[2], "Aicore Usage Rate(%)": card.use}


_QUERIES = {"health": _health, "board": _board, "common": _common, "usages": _usages}


def _pairs(values: dict[str, object]) -> str:
    return "\n".join(f"\t{key:<31}: {value}" for key, value in values.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
