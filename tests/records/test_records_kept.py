"""What is kept comes back as it was, is taken back and restored, and is found again."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app.errors import RecordError
from app.language import Message, message
from app.records import Records, mend, open_records
from app.records.database import make_engine
from app.vocabulary import Decision, EngineMark, Field, Frame, Proof, Reading, Reason, Verdict
from records.inspections import card, frame, inspection, picture


def stored(folder: Path, query: str) -> list[tuple[object, ...]]:
    engine = make_engine(folder / "records.db", 1.0)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]
    finally:
        engine.dispose()


def test_a_record_comes_back_whole_after_the_program_was_closed(folder: Path) -> None:
    with open_records(folder) as records:
        kept = records.keep(inspection(), confirmed=frozenset({"name"}))
    with open_records(folder) as records:
        assert records.get(kept.id) == kept
    assert kept.reading == card()
    assert kept.confirmed == {"name"}
    assert kept.saved_at.tzinfo is UTC
    assert kept.verdict.reasons[0].message.text() == "Address is missing."


def test_why_the_processor_took_the_place_of_an_npu_is_remembered(records: Records) -> None:
    note = message("{what} On the CPU instead.", what=message("NPU {n} is lost.", n=0))
    mark = EngineMark("onnx", "CPU", note=note, is_fallback=True)
    kept = records.keep(replace(inspection(), engine=mark))
    engine = records.get(kept.id).engine
    assert engine.note == note
    assert engine.is_fallback


@pytest.mark.parametrize("shape", [(1, 1), (48, 64), (31, 1)])
def test_a_picture_comes_back_pixel_by_pixel(records: Records, shape: tuple[int, int]) -> None:
    pixels = picture(5, *shape)
    kept = records.keep(inspection(of=Frame(pixels, 1, 0.0, "camera")))
    assert np.array_equal(records.picture(kept.id), pixels)


def test_a_part_of_a_larger_picture_is_kept_as_it_is_seen(records: Records) -> None:
    part = picture(6)[::2, 3:20]
    kept = records.keep(inspection(of=Frame(part, 1, 0.0, "camera")))
    assert np.array_equal(records.picture(kept.id), part)


def test_two_documents_on_one_page_share_one_picture(records: Records, folder: Path) -> None:
    page = frame(7)
    front, back = records.keep(inspection(of=page)), records.keep(inspection(of=page))
    other = records.keep(inspection(of=frame(8)))
    assert len(list(folder.glob("pictures/2*/*/*/*.png"))) == 2
    for kept, seed in ((front, 7), (back, 7), (other, 8)):
        assert np.array_equal(records.picture(kept.id), picture(seed))


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    with open_records(tmp_path / "记录 ?mode=ro#%20&x") as records:
        kept = records.keep(inspection())
    assert mend(tmp_path / "记录 ?mode=ro#%20&x").kept == 1
    assert (tmp_path / "记录 ?mode=ro#%20&x" / "records.db").exists()
    assert kept.id


def test_a_page_on_which_nothing_was_recognised_is_kept_too(records: Records) -> None:
    kept = records.keep(inspection(Reading()))
    assert records.get(kept.id) == kept
    assert [each.id for each in records.find(document="")] == [kept.id]


def test_numbers_as_numpy_has_them_and_other_odd_values_are_kept(records: Records) -> None:
    odd = Field("total", "1.00", Proof.READ, float(np.float32(0.1)), None, ())
    said = Reason("expired", message("Expired on {day}.", day=datetime(2020, 1, 2).date()))
    kept = records.keep(
        replace(
            inspection(Reading("vat_invoice", (replace(odd, score=float("nan")), odd))),
            verdict=Verdict(Decision.REVIEW, (said,)),
            timings_ms={"total": float(np.float32(1.5))},
        )
    )
    back = records.get(kept.id)
    assert back.reading.fields[1] == odd
    assert np.isnan(back.reading.fields[0].score)
    assert back.verdict.reasons[0].message == Message("Expired on {day}.", (("day", "2020-01-02"),))
    assert back.timings_ms == {"total": 1.5}


def test_a_file_name_that_is_no_text_is_kept_as_far_as_it_is_one(records: Records) -> None:
    kept = records.keep(inspection(of=frame(source="/scans/\udcff王.jpg")))
    assert records.get(kept.id).source == kept.source == "/scans/\ufffd王.jpg"


def test_a_list_leaves_out_what_only_one_record_needs(records: Records) -> None:
    kept = records.keep(inspection())
    listed = records.find()[0]
    assert listed.reading.lines == ()
    assert {field.alternatives for field in listed.reading.fields} == {()}
    assert [field.value for field in listed.reading.fields] == [f.value for f in card().fields]
    assert (listed.id, listed.verdict, listed.engine) == (kept.id, kept.verdict, kept.engine)


def test_the_newest_comes_first_and_a_page_of_the_list_is_a_part_of_it(records: Records) -> None:
    ids = [records.keep(inspection(of=frame(seed))).id for seed in range(5)]
    assert [each.id for each in records.find()] == ids[::-1]
    assert [each.id for each in records.find(limit=2, offset=1)] == ids[3:1:-1]
    assert [each.id for each in records.each()] == ids


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王", ["王伟", "王小龘"]),
        ("小龘", ["王小龘"]),
        ("王 1101", ["王伟"]),
        ("１１０１０５", ["王伟"]),
        ("jpg smith", ["SMITH"]),
        ("SCAN_3", ["SMITH"]),
        ("%", []),
        ("_3.jpg", ["SMITH"]),
        ("伟1", []),
        ("", ["王伟", "王小龘", "SMITH"]),
    ],
)
def test_a_search_finds_any_part_of_any_value(
    records: Records, text: str, names: list[str]
) -> None:
    for number, (name, id_number) in enumerate(
        (("王伟", "110105"), ("王小龘", "22020X"), ("SMITH", "330")), 1
    ):
        of = frame(number, f"/Scans/scan_{number}.jpg")
        records.keep(inspection(card(name, id_number), of=of))
    assert [each.reading.field("name").value for each in records.each(text)] == names
    assert records.count(text) == len(names)


def test_a_search_is_narrowed_to_kind_decision_and_time(records: Records) -> None:
    ok = records.keep(inspection(decision=Decision.OK))
    unsure = records.keep(inspection(Reading("vat_invoice")))
    assert [each.id for each in records.find(document="vat_invoice")] == [unsure.id]
    assert [each.id for each in records.find(decision=Decision.OK)] == [ok.id]
    assert [each.id for each in records.find(since=unsure.saved_at)] == [unsure.id]
    assert [each.id for each in records.find(until=unsure.saved_at)] == [ok.id]
    local = unsure.saved_at.astimezone().replace(tzinfo=None)
    assert records.count(since=local, until=local + timedelta(seconds=1)) == 1
    with pytest.raises(TypeError):
        records.find(colour="red")  # type: ignore[call-arg]


def test_what_is_taken_back_stays_and_can_count_again(records: Records, folder: Path) -> None:
    kept = records.keep(inspection())
    records.withdraw(kept.id)
    records.withdraw(kept.id)
    assert (records.count(), records.count(withdrawn=True), records.count(withdrawn=None)) == (
        0,
        1,
        1,
    )
    assert records.get(kept.id) == replace(kept, withdrawn=True)
    records.restore(kept.id)
    assert records.get(kept.id) == kept
    assert stored(folder, "SELECT record, withdrawn FROM changes ORDER BY number") == [
        (1, 1),
        (1, 0),
    ]


def test_a_record_that_is_not_there_is_told(records: Records) -> None:
    for ask in (records.get, records.withdraw, records.restore, records.picture):
        with pytest.raises(RecordError, match="no such record"):
            ask("0" * 32)


def test_one_thread_searches_while_others_keep(records: Records) -> None:
    ids: list[str] = []

    def keep(seed: int) -> None:
        for number in range(10):
            ids.append(records.keep(inspection(of=frame(seed + number))).id)

    keepers = [threading.Thread(target=keep, args=(100 * each,)) for each in range(3)]
    for keeper in keepers:
        keeper.start()
    while any(keeper.is_alive() for keeper in keepers):
        for listed in records.find(limit=3):
            assert records.picture(listed.id).shape == (48, 64, 3)
    for keeper in keepers:
        keeper.join()
    assert len(ids) == records.count() == 30


def test_nothing_is_kept_after_closing(folder: Path) -> None:
    records = open_records(folder)
    records.close()
    records.close()
    with pytest.raises(RuntimeError):
        records.keep(inspection())
    with pytest.raises(RuntimeError):
        records.find()
    with open_records(folder) as again:
        assert again.count() == 0
