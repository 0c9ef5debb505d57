"""The bundled samples: ``python -m app.toolchain.samples FOLDER`` makes them anew.

Every one carries a small mark beside the document that says what it is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from app.toolchain.specimens import Specimen, make_page, make_specimen
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, pick_face
from app.toolchain.specimens._writing import entry, write_picture
from app.vocabulary import Bgr, Quad

_MARK = "样本 SPECIMEN"
_JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: its name tells the format, several kinds make one page."""

    name: str
    kinds: tuple[str, ...]
    mode: str
    seed: int


SAMPLES = (
    Sample("01-id-card-front-scan.jpg", ("id_card_front",), "scan", 201),
    Sample("02-id-card-back-camera.jpg", ("id_card_back",), "camera", 200),
    Sample("03-id-card-both-sides-scan.jpg", ("id_card_front", "id_card_back"), "scan", 206),
    Sample("04-driving-licence-camera.jpg", ("driving_licence",), "camera", 207),
    Sample("05-driving-licence-turned-scan.jpg", ("driving_licence",), "scan", 209),
    Sample("06-passport-camera.jpg", ("travel_document",), "camera", 216),
    Sample("07-travel-card-hard.jpg", ("travel_document",), "hard", 208),
    Sample("08-visa-scan.jpg", ("travel_document",), "scan", 204),
    Sample("09-vat-invoice-special-scan.jpg", ("vat_invoice",), "scan", 226),
    Sample("10-vat-invoice-digital.pdf", ("vat_invoice",), "scan", 224),
    Sample("11-business-licence-camera.jpg", ("business_licence",), "camera", 202),
    Sample("12-id-card-front-photocopy.png", ("id_card_front",), "photocopy", 202),
)


def main(folder: Path) -> None:
    """Write all samples into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    truths: list[dict[str, object]] = []
    for sample in SAMPLES:
        specimens = _taken(sample)
        outlines = [specimen.outline for specimen in specimens]
        _write(folder / sample.name, marked(specimens[0].bgr, outlines))
        truths += [entry(sample.name, specimen) for specimen in specimens]
    text = json.dumps(truths, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8")


def marked(picture: Bgr, outlines: Sequence[Quad]) -> Bgr:
    """Return the picture with the mark where no document lies.

    Raises ValueError where the documents leave no room for it.
    """
    height, width = picture.shape[:2]
    size = max(14.0, min(width, height) * 0.028)
    font = pick_face(Dice("mark"), Style.HEI).at(size)
    long, high = round(font.getlength(_MARK)) + 8, round(size * 1.4)
    free = np.full((height, width), 255, np.uint8)
    for outline in outlines:
        cv2.fillPoly(free, [np.array(outline, np.int32)], 0)
    for left, top in (
        (width - long - 6, height - high - 6),
        (6, height - high - 6),
        (width - long - 6, 6),
        (6, 6),
    ):
        if free[max(0, top - 4) : top + high + 4, max(0, left - 4) : left + long + 4].all():
            image = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
            tone = 70 if picture[top : top + high, left : left + long].mean() > 110 else 190
            ImageDraw.Draw(image).text((left + 4, top), _MARK, (tone, tone, tone), font)
            return np.asarray(image)[..., ::-1].astype(np.uint8)
    raise ValueError("the documents leave no room for the mark")


def _taken(sample: Sample) -> Sequence[Specimen]:
    if len(sample.kinds) == 1:
        return (make_specimen(sample.kinds[0], sample.mode, sample.seed),)
    return make_page(sample.kinds, sample.mode, sample.seed).specimens


def _write(path: Path, picture: Bgr) -> None:
    if path.suffix == ".pdf":
        image = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
        image.save(path, resolution=150.0, quality=_JPEG_QUALITY)
        return
    if path.suffix == ".png":
        # A photocopy is grey: one channel says all.
        write_picture(path, np.ascontiguousarray(picture[..., 0]))
        return
    write_picture(path, picture, quality=_JPEG_QUALITY)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
