"""The bundled samples: what lies in the folder is what the list says, marked and small."""

from __future__ import annotations

import json

import cv2
import numpy as np
import pytest

from app.paths import resources
from app.toolchain.samples import SAMPLES, marked
from app.toolchain.specimens import make_specimen

FOLDER = resources() / "samples"


def test_every_sample_lies_in_the_folder_and_all_together_are_small() -> None:
    pictures = [path for path in FOLDER.iterdir() if path.suffix in (".jpg", ".png", ".pdf")]
    assert {path.name for path in pictures} == {sample.name for sample in SAMPLES}
    assert sum(path.stat().st_size for path in pictures) < 3_000_000


def test_the_truth_of_every_sample_is_told() -> None:
    truths = json.loads((FOLDER / "truth.json").read_text("utf-8"))
    told = [(truth["file"], truth["document"]) for truth in truths]
    assert told == [(sample.name, kind) for sample in SAMPLES for kind in sample.kinds]
    assert all(truth["fields"] for truth in truths)


def test_the_mark_stands_beside_the_document_and_changes_nothing_on_it() -> None:
    specimen = make_specimen("id_card_back", "camera", 200)
    with_mark = marked(specimen.bgr, [specimen.outline])
    document = np.zeros(specimen.bgr.shape[:2], np.uint8)
    cv2.fillPoly(document, [np.array(specimen.outline, np.int32)], 1)
    changed = (with_mark != specimen.bgr).any(axis=2)
    assert changed.any()
    assert not (changed & (document == 1)).any()


def test_a_picture_without_room_for_the_mark_is_refused() -> None:
    picture = np.full((300, 400, 3), 255, np.uint8)
    everywhere = ((0.0, 0.0), (399.0, 0.0), (399.0, 299.0), (0.0, 299.0))
    with pytest.raises(ValueError, match="no room"):
        marked(picture, [everywhere])
