"""ONNX Runtime on the CPU: the embedded default."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import onnxruntime as ort

from app.engine import Array, Input, Session, T
from app.engine._pack import ModelPack
from app.errors import EngineError
from app.vocabulary import EngineMark


class OnnxSession(Session):
    """One ONNX model on the CPU."""

    def __init__(self, pack: ModelPack, threads: int, across: bool) -> None:
        content, digest = pack.weights("onnx")
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1 if across else threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        # A pool that spins after its run takes a core from the next model of the same reading.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = ort.InferenceSession(
                content, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise _failed(pack.name, error) from error
        self._input = self._session.get_inputs()[0].name
        self._pool = ThreadPoolExecutor(threads) if across and threads > 1 else None
        self._name = pack.name
        self.mark = EngineMark("onnxruntime", "cpu", ((pack.name, digest),))

    def run(self, batch: Input) -> Array:
        """Return the model's first output for one batch."""
        try:
            output: Array = self._session.run(None, {self._input: batch})[0]
        except Exception as error:
            raise _failed(self._name, error) from error
        return output

    def run_each(self, jobs: Sequence[Callable[[], Input]], take: Callable[[Array], T]) -> list[T]:
        """Make, run and take the batches, one a thread where the session was opened across."""

        def one(job: Callable[[], Input]) -> T:
            return take(self.run(job()))

        if self._pool is None or len(jobs) < 2:
            return [one(job) for job in jobs]
        return list(self._pool.map(one, jobs))

    def close(self) -> None:
        """Stop the threads."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def open_session(pack: ModelPack, *, threads: int = 0, across: bool = False) -> OnnxSession:
    """Load a pack's ONNX weights; ``threads`` 0 takes every core this process may use."""
    return OnnxSession(pack, threads or len(os.sched_getaffinity(0)), across)


def _failed(name: str, error: Exception) -> EngineError:
    return EngineError(
        "The model {pack} failed on the CPU: {fault}",
        "Try again; if it stays so, install the model pack again.",
        "engine-failed",
        pack=name,
        fault=error,
    )
