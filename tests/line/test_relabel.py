"""Doubtful and overruled parts become a COCO set that the toolchain reads; all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from records.inspections import DETECTOR, entry, inspection, part, picture

from app.errors import AppError
from app.line.relabel import LISTING, Relabelled, export_coco, pack_labels, queue_of
from app.records import KeepPicture, Records, open_records
from app.toolchain.detector.samples import DEEPPCB_LABELS, Sample, read_folder
from app.vocabulary import Decision, RecipeMark

OK, NG, REVIEW = Decision.OK, Decision.NG, Decision.REVIEW


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with open_records(tmp_path / "records") as opened:
        yield opened


def listing(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / LISTING).read_text(encoding="utf-8"))
    return content


def of(folder: Path, record_id: str) -> Sample:
    """The exported part as training reads it."""
    samples = {each.path.stem: each for each in read_folder(folder).samples}
    return samples[record_id]


def test_training_reads_the_very_pixels_boxes_and_classes(records: Records, tmp_path: Path) -> None:
    kept = records.keep(part(3, REVIEW, "open", "spur"))
    assert export_coco(records, tmp_path / "set") == Relabelled(1, unjudged=1)
    sample = of(tmp_path / "set", kept.id)
    assert np.array_equal(sample.picture("bgr"), picture(3))
    assert sample.boxes.tolist() == [[0, 2, 3, 5], [4, 2, 7, 5]]
    assert sample.labels.tolist() == [DEEPPCB_LABELS.index("open"), DEEPPCB_LABELS.index("spur")]
    assert sample.group == f"pcb-{kept.saved_at.astimezone():%Y-%m-%d}"


def test_every_class_of_the_pack_is_there_also_those_that_no_part_shows(
    records: Records, tmp_path: Path
) -> None:
    records.keep(part(1, REVIEW, "open"))
    records.keep(part(2, REVIEW, "a class of a pack before"))
    export_coco(records, tmp_path / "set")
    labels = read_folder(tmp_path / "set").labels
    assert labels == (*pack_labels("pcb-defects"), "a class of a pack before")
    assert set(labels[:-1]) == set(DEEPPCB_LABELS)


def test_the_classes_of_a_pack_that_is_gone_are_those_that_were_found(
    records: Records, tmp_path: Path
) -> None:
    gone = replace(DETECTOR, models=(("gone", "0" * 64),))
    records.keep(replace(part(1, REVIEW, "spur", "open"), engine=gone))
    export_coco(records, tmp_path / "set")
    assert read_folder(tmp_path / "set").labels == ("spur", "open")


def test_an_annotation_has_its_score_and_an_image_says_why_it_is_there(
    records: Records, tmp_path: Path
) -> None:
    kept = records.keep(part(1, NG, "open"))
    records.overrule(kept.id, REVIEW, "再看一次")
    export_coco(records, tmp_path / "set")
    content = listing(tmp_path / "set")
    (note,) = content["annotations"]
    assert (note["score"], note["bbox"], note["area"]) == (0.875, [0, 2, 3, 3], 9)
    (image,) = content["images"]
    assert (image["record"], image["recipe"], image["verdict"]) == (kept.id, "pcb 7", "NG")
    assert (image["counts"], image["overruled_because"]) == ("REVIEW", "再看一次")


def test_a_part_overruled_to_ok_has_no_boxes_and_tells_what_was_refuted(
    records: Records, tmp_path: Path
) -> None:
    kept = records.keep(part(1, NG, "open"))
    records.overrule(kept.id, OK, "dust")
    assert export_coco(records, tmp_path / "set") == Relabelled(1)
    assert of(tmp_path / "set", kept.id).boxes.tolist() == []
    (image,) = listing(tmp_path / "set")["images"]
    assert [each["label"] for each in image["refuted"]] == ["open"]


def test_a_part_overruled_to_ng_keeps_its_boxes_and_one_without_any_is_counted(
    records: Records, tmp_path: Path
) -> None:
    seen, missed = records.keep(part(1, REVIEW, "open")), records.keep(part(2, OK))
    for each in (seen, missed):
        records.overrule(each.id, NG, "a scratch")
    assert export_coco(records, tmp_path / "set") == Relabelled(2, undrawn=1)
    assert len(of(tmp_path / "set", seen.id).boxes) == 1
    assert len(of(tmp_path / "set", missed.id).boxes) == 0


def test_only_what_waits_is_exported_and_it_waits_no_longer(
    records: Records, tmp_path: Path
) -> None:
    records.keep(inspection())
    records.keep(part(1, NG, "open"))
    waiting = records.keep(part(2, REVIEW))
    lid = records.keep(part(3, REVIEW, recipe=RecipeMark("lid", 1, "0" * 64)))
    assert export_coco(records, tmp_path / "first", "pcb") == Relabelled(1, unjudged=1)
    assert [each.path.stem for each in read_folder(tmp_path / "first").samples] == [waiting.id]
    assert [each.id for each in records.each(**queue_of())] == [lid.id]
    export_coco(records, tmp_path / "second")
    assert records.count(**queue_of()) == 0


def test_nothing_is_written_where_nothing_waits(records: Records, tmp_path: Path) -> None:
    assert export_coco(records, tmp_path / "set") == Relabelled(0)
    assert not (tmp_path / "set").exists()


def test_small_pictures_are_left_out_told_and_wait_on(records: Records, tmp_path: Path) -> None:
    small, none, full = (
        entry(seed, OK, kept=kind)
        for seed, kind in enumerate((KeepPicture.SMALL, KeepPicture.NONE, KeepPicture.FULL))
    )
    records.keep_all([small, none, full])
    for each in (small, none, full):
        records.overrule(each.record_id, NG, "a scratch")
    assert export_coco(records, tmp_path / "set") == Relabelled(1, undrawn=1, unfit=2)
    assert [each.path.stem for each in read_folder(tmp_path / "set").samples] == [full.record_id]
    left = {each.id for each in records.each(**queue_of())}
    assert left == {small.record_id, none.record_id}


def test_a_picture_that_was_never_read_teaches_nothing(records: Records, tmp_path: Path) -> None:
    records.keep(part(1, REVIEW, of=picture(1, 1, 1)))
    assert export_coco(records, tmp_path / "set") == Relabelled(0, unfit=1)
    assert not (tmp_path / "set").exists()


def test_a_lost_or_altered_picture_is_left_out_and_told(records: Records, tmp_path: Path) -> None:
    kept = [records.keep(part(seed, REVIEW)) for seed in range(3)]
    files = {each.stem: each for each in (tmp_path / "records").rglob("*.png")}
    files[kept[0].id].unlink()
    files[kept[1].id].write_bytes(b"altered")
    assert export_coco(records, tmp_path / "set") == Relabelled(1, unjudged=1, lost=2)
    assert {each.id for each in records.each(**queue_of())} == {kept[0].id, kept[1].id}


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_cancelled_export_leaves_nothing_and_everything_waits_on(
    records: Records, tmp_path: Path, after: int
) -> None:
    for seed in range(3):
        records.keep(part(seed, REVIEW))
    told: list[float] = []
    target = tmp_path / "sets" / "set"
    done = export_coco(records, target, tell=told.append, cancelled=lambda: len(told) >= after)
    assert done is None
    assert told == pytest.approx([(each + 1) / 3 for each in range(after)])
    assert list(target.parent.iterdir()) == []
    assert records.count(**queue_of()) == 3


def test_a_failure_halfway_leaves_nothing_and_everything_waits_on(
    records: Records, tmp_path: Path
) -> None:
    for seed in range(3):
        records.keep(part(seed, REVIEW))

    def fail(_: float) -> None:
        raise AppError("Gone.", "Come back.", "gone")

    with pytest.raises(AppError, match="Gone"):
        export_coco(records, tmp_path / "sets" / "set", tell=fail)
    assert list((tmp_path / "sets").iterdir()) == []
    assert records.count(**queue_of()) == 3


def test_an_older_set_is_never_overwritten(records: Records, tmp_path: Path) -> None:
    records.keep(part(1, REVIEW))
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "older").touch()
    for folder in (tmp_path / "set", tmp_path / "set" / "older"):
        with pytest.raises(AppError) as told:
            export_coco(records, folder)
        assert told.value.code == "folder-not-empty"
    (tmp_path / "empty").mkdir()
    assert export_coco(records, tmp_path / "empty") == Relabelled(1, unjudged=1)


def test_a_set_is_open_to_its_owner_alone(records: Records, tmp_path: Path) -> None:
    records.keep(part(1, REVIEW))
    export_coco(records, tmp_path / "set")
    for path in ((tmp_path / "set"), *(tmp_path / "set").rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path
