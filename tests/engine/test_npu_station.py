"""A station on an NPU that fails and comes back: no frame without a word, and none judged OK."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
from station.parts import GivenSource

from app.engine import open_session
from app.engine._pack import ModelPack
from app.inspector import Inspector
from app.reader import Reader
from app.station import Inspected, News, Problem, Station, Trigger
from app.vocabulary import Decision, Frame, Inspection, Reading, Verdict
from engine.packs import EXACT, SIZES, tiny_pack

FRAMES = 60
LOST, REFUSED = 507010, 507011


class MeanReader(Reader):
    """Reads a frame by the model's word for its mean grey."""

    def __init__(self, pack: ModelPack, choice: str) -> None:
        self._session = open_session(pack, choice=choice)
        self.mark = self._session.mark
        self.timings_ms = {}

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        batch = np.ascontiguousarray(frame.bgr.transpose(2, 0, 1), np.float32)[None]
        mean = float(self._session.run(batch).mean())
        assert mean == frame.bgr[0, 0, 0]
        return (Reading(),)

    def close(self) -> None:
        self._session.close()


def inspected(pack: ModelPack, choice: str) -> tuple[list[Inspection], list[Problem]]:
    frames = [
        Frame(np.full((16, 24, 3), number, np.uint8), number, 0.0, "given")
        for number in range(FRAMES)
    ]
    told: list[News] = []
    station = Station(
        lambda: GivenSource(frames),
        lambda: Inspector(MeanReader(pack, choice), lambda _: Verdict(Decision.OK)),
        told.append,
        trigger=Trigger.EVERY,
        back_off_s=(0.001,),
    )
    host = threading.Thread(target=station.run_capture)
    host.start()
    station.run_inspect(to_the_end=True)
    host.join()
    found = [one for news in told if isinstance(news, Inspected) for one in news.inspections]
    return found, [news for news in told if isinstance(news, Problem)]


def test_frames_of_a_lost_npu_become_review_and_it_is_opened_again(
    tmp_path: Path, emulated_npu: Any
) -> None:
    emulated_npu.power_on(is_recoverable=True)
    wait = "acl.rt.synchronize_stream_with_timeout"
    for after in (10, 0, 17):
        emulated_npu.fail(wait, LOST, "EL0001: Device_Absent", after=after)
    emulated_npu.fail("acl.mdl.execute_async", REFUSED, after=30)
    found, problems = inspected(tiny_pack(tmp_path, *SIZES, EXACT), "npu:0")
    assert [one.frame.number for one in found] == list(range(FRAMES))
    failed = [one for one in found if one.verdict.decision is not Decision.OK]
    assert {one.verdict.decision for one in failed} == {Decision.REVIEW}
    assert {reason.code for one in failed for reason in one.verdict.reasons} <= {
        "npu-lost",
        "npu-failed",
    }
    assert 2 <= len(failed) <= 4
    assert problems
    assert emulated_npu.leaks() == []


def test_with_auto_the_line_goes_on_beside_a_dead_npu_and_says_so(
    tmp_path: Path, emulated_npu: Any
) -> None:
    emulated_npu.fail("acl.mdl.execute_async", LOST, "EL0001: Device_Absent", after=20)
    found, _ = inspected(tiny_pack(tmp_path, *SIZES, EXACT), "auto")
    assert [one.frame.number for one in found] == list(range(FRAMES))
    decisions = [one.verdict.decision for one in found]
    assert decisions.count(Decision.REVIEW) == 1
    broken = decisions.index(Decision.REVIEW)
    assert {one.engine.engine for one in found[:broken]} == {"ascend"}
    assert {one.engine.engine for one in found[broken + 1 :]} == {"onnxruntime"}
    assert all(one.engine.is_fallback for one in found[broken + 1 :])
