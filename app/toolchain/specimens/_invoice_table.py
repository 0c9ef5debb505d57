"""The table of goods that all VAT invoices share, and texts fitted into their room."""

from __future__ import annotations

from collections.abc import Sequence

from app.toolchain.specimens._sheet import Pen, Sheet
from app.toolchain.specimens._trade import Item

LEADING_MM = 4.3


def print_fitted(
    sheet: Sheet, at_mm: tuple[float, float], text: str, pen: Pen, room_mm: float, *, name: str = ""
) -> float:
    """Print a line, condensed in size as far as it must be; return where it ends."""
    while sheet.width_mm(text, pen) > room_mm and pen.em_mm > 2.3:
        pen = pen.sized(pen.em_mm - 0.1)
    return sheet.text(at_mm, text, pen, name=name)


def print_items(
    sheet: Sheet, items: Sequence[Item], pen: Pen, columns: Sequence[float], top_mm: float
) -> float:
    """Print all items under each other; ``columns`` are the nine edges of the eight columns.

    Returns the baseline after the last one.
    """
    y = top_mm
    for item in items:
        width = columns[1] - columns[0] - 1.5
        last = sheet.wrapped((columns[0] + 0.8, y), item.name, pen, (width, 3.7), name="items")
        figures = (
            (2, item.unit, "centre"),
            (3, "" if item.count is None else str(item.count), "right"),
            (4, item.price[:14], "right"),
            (5, f"{item.amount:.2f}", "right"),
            (6, f"{item.rate}%", "centre"),
            (7, f"{item.tax:.2f}", "right"),
        )
        if item.model:
            _print_cell(sheet, (columns[1], columns[2]), y, item.model, pen, "left")
        for place, text, align in figures:
            if text:
                _print_cell(sheet, (columns[place], columns[place + 1]), y, text, pen, align)
        y = last + LEADING_MM
    return y


def _print_cell(
    sheet: Sheet, sides: tuple[float, float], y: float, text: str, pen: Pen, align: str
) -> None:
    left, right = sides
    while sheet.width_mm(text, pen) > right - left - 1.0 and pen.em_mm > 1.8:
        pen = pen.sized(pen.em_mm - 0.1)
    x_shift, y_shift = sheet.shift_mm
    if align == "right":
        sheet.text((right - 0.6 + x_shift, y + y_shift), text, pen, align="right")
    elif align == "centre":
        sheet.text(((left + right) / 2 + x_shift, y + y_shift), text, pen, align="centre")
    else:
        sheet.text((left + 0.6 + x_shift, y + y_shift), text, pen)


def print_upright(
    sheet: Sheet, x_mm: float, sides: tuple[float, float], text: str, pen: Pen
) -> None:
    """Print a label from top to bottom, spread over a height."""
    step = (sides[1] - sides[0]) / len(text)
    for place, character in enumerate(text):
        y = sides[0] + (place + 0.5) * step + pen.em_mm * 0.38
        sheet.text((x_mm, y), character, pen, align="centre")
