"""Export weights without decoding and suppression: Paddle inference model and ONNX, compared."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.errors import AppError
from app.toolchain.detector import _paddle
from app.toolchain.detector.design import ExportNote

NOTE = "design.json"
OPSET = 13
"""Understood by ONNX Runtime, and by ATC from CANN 6 on."""
CLOSE = 1e-3
"""Largest difference of logits between the runtimes that is arithmetic, not a fault."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files, and the largest difference of their outputs from the network's."""

    onnx: Path
    paddle: Path
    """The ``.json`` beside its ``.pdiparams``."""
    onnx_difference: float
    paddle_difference: float


def export(weights: Path, out: Path, size: tuple[int, int]) -> Exported:
    """Write ``model.onnx``, ``model.json`` and ``model.pdiparams`` for pictures of width × height.

    Raises AppError if their outputs differ from the network's.
    """
    _paddle.start("cpu", 2)
    import paddle

    from app.toolchain.detector import _weights

    out.mkdir(parents=True, exist_ok=True)
    network = _weights.load(weights)
    network.eval()
    design = network.design
    width, height = size
    picture = np.random.default_rng(0).random((1, design.colours, height, width), np.float32)
    with paddle.no_grad():
        truth = network(paddle.to_tensor(picture)).numpy()
        network.merge()
    shape = paddle.static.InputSpec(list(picture.shape), "float32", "pictures")
    paddle.jit.save(network, str(out / "model"), input_spec=[shape])
    note = ExportNote(design=design, size=size)
    (out / NOTE).write_text(note.model_dump_json(indent=1), encoding="utf-8")
    program, parameters = out / "model.json", out / "model.pdiparams"
    _convert(program, parameters, out / "model.onnx")
    exported = Exported(
        out / "model.onnx",
        program,
        _difference(_run_onnx(out / "model.onnx", picture), truth),
        _difference(_run_paddle(program, parameters, picture), truth),
    )
    if max(exported.onnx_difference, exported.paddle_difference) > CLOSE:
        raise AppError(
            "The exported model differs from the trained one (ONNX {onnx}, Paddle {paddle}).",
            "Report this; do not use the export.",
            "export-differs",
            onnx=exported.onnx_difference,
            paddle=exported.paddle_difference,
        )
    return exported


def _convert(program: Path, parameters: Path, to: Path) -> None:
    import paddle2onnx

    with tempfile.TemporaryDirectory() as folder:
        # paddle2onnx writes beside its result; only the result is wanted.
        converted = Path(folder) / "model.onnx"
        paddle2onnx.export(str(program), str(parameters), str(converted), opset_version=OPSET)
        to.write_bytes(converted.read_bytes())


def _difference(some: Any, other: Any) -> float:
    return float(np.abs(some - other).max())


def _run_onnx(path: Path, picture: Any) -> Any:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: picture})[0]


def _run_paddle(program: Path, parameters: Path, picture: Any) -> Any:
    from paddle import inference

    predictor = inference.create_predictor(inference.Config(str(program), str(parameters)))
    predictor.get_input_handle(predictor.get_input_names()[0]).copy_from_cpu(picture)
    predictor.run()
    return predictor.get_output_handle(predictor.get_output_names()[0]).copy_to_cpu()
