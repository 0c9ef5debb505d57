"""An inspector's word stands before the verdict, and every change of mind is remembered."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import RecordError
from app.language import message
from app.records import KeepPicture, Records, mend, open_records
from app.vocabulary import Decision, GoldenPart, GoldenRun, Record
from records.inspections import DETECTOR, RECIPE, entry, inspection, part

OK, NG, REVIEW = Decision.OK, Decision.NG, Decision.REVIEW


def history(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "records.db")) as other:
        return other.execute("SELECT decision, reason FROM overrules ORDER BY number").fetchall()


def change(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "records.db")) as other, other:
        other.execute(sql)


def waiting(records: Records) -> set[str]:
    return {each.id for each in records.each(relabel=True)}


def test_an_overruled_part_keeps_its_verdict_and_counts_as_the_inspector_says(
    records: Records,
) -> None:
    kept = records.keep(part(1, NG, "open"))
    before = datetime.now(UTC)
    overruled = records.overrule(kept.id, OK, "  只是灰尘 ")
    assert overruled == records.get(kept.id)
    assert overruled.overruled
    assert overruled.overruled.reason == "只是灰尘"
    assert before <= overruled.overruled.at <= datetime.now(UTC)
    assert (overruled.verdict.decision, overruled.decision) == (NG, OK)
    assert replace(overruled, overruled=None) == kept


def test_a_search_for_a_decision_finds_what_counts(records: Records) -> None:
    kept = [records.keep(part(seed, NG)) for seed in range(2)]
    records.overrule(kept[0].id, OK, "dust")
    assert [each.id for each in records.find(decision=OK)] == [kept[0].id]
    assert [each.id for each in records.find(decision=NG)] == [kept[1].id]
    records.take_back_overrule(kept[0].id)
    assert records.count(decision=NG) == 2


def test_a_word_can_be_changed_and_taken_back_and_all_of_it_is_remembered(
    records: Records, folder: Path
) -> None:
    kept = records.keep(part(1, REVIEW))
    records.overrule(kept.id, OK, "dust")
    records.overrule(kept.id, NG, "a scratch after all")
    assert records.take_back_overrule(kept.id) == kept
    records.take_back_overrule(kept.id)
    assert history(folder) == [("OK", "dust"), ("NG", "a scratch after all"), (None, "")]


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_verdict_is_not_overruled_without_a_reason(records: Records, reason: str) -> None:
    kept = records.keep(part())
    with pytest.raises(RecordError) as told:
        records.overrule(kept.id, OK, reason)
    assert told.value.code == "overrule-without-reason"
    assert records.get(kept.id) == kept


def test_overruling_what_is_not_there_is_told(records: Records) -> None:
    with pytest.raises(RecordError, match="no such record"):
        records.overrule("0" * 32, OK, "dust")
    with pytest.raises(RecordError, match="no such record"):
        records.take_back_overrule("0" * 32)


def test_review_and_overruled_parts_wait_for_relabelling_and_nothing_else(
    records: Records,
) -> None:
    good, bad, doubtful, wrong, gone = (
        records.keep(part(seed, decision))
        for seed, decision in enumerate((OK, NG, REVIEW, NG, REVIEW))
    )
    records.keep(inspection())
    records.overrule(wrong.id, OK, "dust")
    records.withdraw(gone.id)
    assert waiting(records) == {doubtful.id, wrong.id}
    others = {each.id for each in records.each(relabel=False, workplace="parts")}
    assert others == {good.id, bad.id}
    records.overrule(doubtful.id, OK, "fine")
    assert doubtful.id in waiting(records)


def test_what_was_exported_waits_again_only_after_a_new_word(records: Records) -> None:
    kept = records.keep(part(1, REVIEW))
    records.mark_exported(records.find(relabel=True))
    assert waiting(records) == set()
    records.overrule(kept.id, NG, "a scratch")
    assert waiting(records) == {kept.id}


def test_a_word_that_came_while_a_part_was_exported_keeps_it_in_the_queue(
    records: Records,
) -> None:
    first = records.keep(part(1, REVIEW))
    second = records.overrule(first.id, NG, "a scratch")
    exported = [first, replace(records.keep(part(2, REVIEW)), overruled=None)]
    records.mark_exported(exported)
    assert waiting(records) == {first.id}
    records.mark_exported([second])
    assert waiting(records) == set()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records SET overruled = 'maybe', overruled_at = 'now'",
        "UPDATE records SET overruled = x'ff', overruled_reason = NULL",
    ],
)
def test_a_damaged_word_makes_a_part_look_damaged_and_never_good(
    records: Records, folder: Path, sql: str
) -> None:
    kept = records.keep(part(1, NG))
    records.overrule(kept.id, OK, "dust")
    change(folder, sql)
    assert [reason.code for reason in records.get(kept.id).verdict.reasons] == ["damaged"]
    assert records.get(kept.id).decision is REVIEW


def test_a_word_on_a_damaged_part_can_be_taken_back(records: Records, folder: Path) -> None:
    kept = records.keep(part(1, NG))
    records.overrule(kept.id, OK, "dust")
    change(folder, "UPDATE contents SET content = '{'")
    assert records.take_back_overrule(kept.id).decision is REVIEW
    assert records.count(decision=REVIEW) == 1


def golden(recipe_name: str = "pcb", decision: Decision = NG) -> GoldenRun:
    said = message("{label} × {count}", label=message("open"), count=2)
    results = (
        GoldenPart("good/王.png", OK, OK),
        GoldenPart("bad/1.png", NG, decision, (said,)),
    )
    at = datetime(2026, 3, 1, 6, tzinfo=UTC)
    return GoldenRun(at, "boards", replace(RECIPE, name=recipe_name), DETECTOR, results)


def test_golden_runs_are_remembered_whole_newest_first(folder: Path) -> None:
    runs = [golden(), golden("lid"), golden(decision=REVIEW)]
    with open_records(folder) as records:
        for run in runs:
            records.keep_golden(run)
    with open_records(folder) as records:
        assert records.golden_runs() == runs[::-1]
        assert records.golden_runs("pcb") == [runs[2], runs[0]]
        assert records.golden_runs("pcb", limit=1) == [runs[2]]
    assert [run.passed for run in runs] == [True, True, False]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE golden_runs SET content = '{'",
        "UPDATE golden_runs SET content = x'ff'",
        "UPDATE golden_runs SET content = replace(content, 'OK', 'FINE')",
    ],
)
def test_a_damaged_golden_run_opens_no_line(records: Records, folder: Path, sql: str) -> None:
    records.keep_golden(golden())
    change(folder, sql)
    assert records.golden_runs() == []


def test_mending_takes_over_words_golden_runs_and_small_pictures(folder: Path) -> None:
    with open_records(folder) as records:
        doubtful = entry(1, REVIEW, kept=KeepPicture.SMALL)
        others = [entry(seed, kept=KeepPicture.NONE) for seed in range(40)]
        records.keep_all([doubtful, *others])
        records.overrule(doubtful.record_id, NG, "a scratch")
        records.keep_golden(golden())
        kept: Record = records.get(doubtful.record_id)
    damaged = bytearray((folder / "records.db").read_bytes())
    row = f"{others[-1].record_id}{others[-1].at:%Y-%m-%d}"
    page = damaged.index(row.encode()) // 4096 * 4096
    damaged[page : page + 4096] = bytes([255]) * 4096
    (folder / "records.db").write_bytes(damaged)
    mended = mend(folder)
    assert mended.set_aside
    assert 1 <= mended.lost < 40
    with open_records(folder) as records:
        assert records.get(kept.id) == kept
        assert records.picture(kept.id).shape == (48, 64, 3)
        assert records.golden_runs() == [golden()]
    assert history(folder) == [("NG", "a scratch")]
