"""The bundled boards: ``python -m app.toolchain.boards.samples FOLDER`` makes them anew.

Twelve parts of one design, half of them good; each defect is shown.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2

from app.toolchain.boards import make_board
from app.toolchain.boards._writing import TRUTH, truth

DESIGN = 13
PARTS: tuple[tuple[str, ...], ...] = (
    (), ("open",), (), ("short",), (), ("mousebite",),
    (), ("spur",), (), ("copper",), (), ("pin-hole", "spur"),
)  # fmt: skip
"""The defects of each."""


def main(folder: Path) -> None:
    """Write pictures and truth into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    truths = []
    for number, defects in enumerate(PARTS, 1):
        board = make_board(DESIGN, defects, part=number)
        name = f"board-{number:02}.png"
        # One bit a pixel: the boards are black and white.
        flags = [cv2.IMWRITE_PNG_BILEVEL, 1, cv2.IMWRITE_PNG_COMPRESSION, 9]
        _, data = cv2.imencode(".png", board.picture, flags)
        (folder / name).write_bytes(data.tobytes())
        truths.append(truth(name, board))
    text = json.dumps(truths, indent=1)
    (folder / TRUTH).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
