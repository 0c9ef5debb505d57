"""Precision over recall of every class as one SVG picture."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

import numpy as np

from app.toolchain.detector.metrics import Curve

SIDE, EDGE, LEGEND = 480, 56, 190
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
"""Told apart by the colour-blind, too (Okabe and Ito, 2008); further classes are dashed."""
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def svg(curves: Mapping[str, Curve]) -> str:
    """Return the picture; each class stands with its average precision in the legend."""
    width, height = SIDE + 2 * EDGE + LEGEND, SIDE + 2 * EDGE
    space, font = "http://www.w3.org/2000/svg", 'font-family="sans-serif" font-size="14"'
    lines = [
        f'<svg xmlns="{space}" viewBox="0 0 {width} {height}" {font}>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_axes(),
    ]
    for place, (label, curve) in enumerate(curves.items()):
        colour = COLOURS[place % len(COLOURS)]
        dash = ' stroke-dasharray="6 4"' if place >= len(COLOURS) else ""
        pen = f'fill="none" stroke="{colour}" stroke-width="2"{dash}'
        row = EDGE + 20 + 24 * place
        left = SIDE + EDGE + 16
        named = f"{escape(label)} {100 * curve.average_precision:.1f} %"
        lines += [
            f'<polyline {pen} points="{_points(curve)}"/>',
            f'<path {pen} d="M{left} {row}h24"/>',
            f'<text x="{left + 32}" y="{row + 5}">{named}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


def _axes() -> list[str]:
    lines = []
    for tick in TICKS:
        x, y = _place(tick, tick)
        lines += [
            f'<path stroke="#ddd" d="M{x} {EDGE}v{SIDE}M{EDGE} {y}h{SIDE}"/>',
            f'<text x="{x}" y="{EDGE + SIDE + 20}" text-anchor="middle">{tick:.1f}</text>',
            f'<text x="{EDGE - 8}" y="{y + 5}" text-anchor="end">{tick:.1f}</text>',
        ]
    middle, turned = EDGE + SIDE / 2, f"translate(16 {EDGE + SIDE / 2})rotate(-90)"
    return [
        *lines,
        f'<text x="{middle}" y="{EDGE + SIDE + 44}" text-anchor="middle">recall</text>',
        f'<text transform="{turned}" text-anchor="middle">precision</text>',
    ]


def _points(curve: Curve) -> str:
    """Return the curve, leaving out what would be drawn on the pixel before."""
    pairs = np.stack([curve.recall, curve.precision], axis=1).round(3).tolist()
    places = dict.fromkeys(_place(recall, precision) for recall, precision in pairs)
    return " ".join(f"{x},{y}" for x, y in places)


def _place(recall: float, precision: float) -> tuple[float, float]:
    return round(EDGE + SIDE * recall, 1), round(EDGE + SIDE * (1 - precision), 1)
