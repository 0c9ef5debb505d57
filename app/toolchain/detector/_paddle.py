"""Paddle, started the way it is fast on this machine."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from app.errors import AppError


def start(device: str, threads: int) -> None:
    """Import paddle on ``device``, named as for ``paddle.set_device``: cpu, gpu, gpu:0, npu:0.

    Raises AppError if paddle cannot use the device.
    """
    if "AuthenticAMD" in _processor():
        # Paddle's MKL takes its slow path on an AMD processor unless told that AVX2 is there.
        os.environ.setdefault("MKL_DEBUG_CPU_TYPE", "5")
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="No ccache found")
    import paddle

    try:
        paddle.set_device(device)
    except Exception as error:
        raise AppError(
            "Paddle cannot use the device {device}: {fault}",
            "Install PaddlePaddle for it in the environment of the toolchain, or choose cpu.",
            "toolchain-device",
            device=device,
            fault=str(error).strip().splitlines()[-1],
        ) from error


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    return information.read_text(encoding="utf-8") if information.exists() else ""
