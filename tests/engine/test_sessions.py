"""What every session promises, on the CPU and on the emulated NPU alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine import Session, open_session
from app.errors import EngineError
from engine.packs import EXACT, SIZES, tiny_pack

Open = Callable[..., Session]


@pytest.fixture(params=["cpu", "npu:0"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, emulated_npu: Any) -> Iterator[Open]:
    made: list[Session] = []

    def make(**options: Any) -> Session:
        pack = tiny_pack(tmp_path, *SIZES, EXACT)
        made.append(open_session(pack, choice=request.param, **options))
        return made[-1]

    yield make
    for session in made:
        session.close()


def averaged(batch: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    n, c, height, width = batch.shape
    result: np.ndarray[Any, Any] = batch.reshape(n, c, height // 8, 8, width // 8, 8).mean((3, 5))
    return result


@pytest.mark.parametrize("size", [(16, 24), (16, 48), (32, 48), (16, 32), (24, 40)])
def test_a_batch_comes_back_as_the_model_computes_it(opened: Open, size: tuple[int, int]) -> None:
    batch = np.random.default_rng(1).random((1, 3, *size), np.float32)
    with opened() as session:
        output = session.run(batch)
    assert output.dtype == np.float32
    np.testing.assert_allclose(output, averaged(batch), atol=1e-5)


def test_what_was_returned_is_not_overwritten_by_the_next_run(opened: Open) -> None:
    with opened() as session:
        first = session.run(np.ones((1, 3, 16, 24), np.float32))
        session.run(np.zeros((1, 3, 16, 24), np.float32))
        assert (first == 1).all()


def test_a_batch_that_is_a_view_is_read_as_it_looks(opened: Open) -> None:
    batch = np.random.default_rng(1).random((1, 24, 16, 3), np.float32).transpose(0, 3, 2, 1)
    with opened() as session:
        np.testing.assert_allclose(session.run(batch), averaged(batch), atol=1e-5)


@pytest.mark.parametrize("threads", [1, 3])
def test_many_batches_come_back_in_their_order(opened: Open, threads: int) -> None:
    sizes = [(16, 24), (16, 48), (16, 32), (32, 48)] * 5
    batches = [np.full((1, 3, *size), i, np.float32) for i, size in enumerate(sizes)]
    jobs = [partial(np.asarray, batch) for batch in batches]
    with opened(across=True, threads=threads) as session:
        taken = session.run_each(jobs, lambda output: (float(output.mean()), output.shape[2:]))
    assert taken == [(i, (h // 8, w // 8)) for i, (h, w) in enumerate(sizes)]
    assert opened(across=True, threads=threads).run_each([], lambda output: output) == []


def test_a_job_that_fails_fails_the_whole_and_leaves_nothing_behind(opened: Open) -> None:
    def broken() -> np.ndarray[Any, Any]:
        raise RuntimeError("no picture")

    fine = partial(np.asarray, np.zeros((1, 3, 16, 24), np.float32))
    with opened(across=True, threads=2) as session:
        with pytest.raises(RuntimeError, match="no picture"):
            session.run_each([fine, broken, fine, fine, fine, fine], lambda output: output)
        assert session.run(fine()).shape == (1, 3, 2, 3)


def test_a_batch_of_other_channels_is_an_engine_error(opened: Open) -> None:
    with opened() as session, pytest.raises(EngineError):
        session.run(np.zeros((1, 7, 16, 24), np.float32))


def test_closing_twice_is_allowed_and_the_mark_names_what_ran(opened: Open) -> None:
    session = opened()
    session.close()
    session.close()
    assert session.mark.models[0][0] == "tiny"
    assert (session.mark.engine, session.mark.device) in (
        ("onnxruntime", "cpu"),
        ("ascend", "npu:0 Ascend310P3_emulation"),
    )
