"""Run ATC, check what it made, and keep it where the engine finds it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from app.engine._om import OmHeader, header_of
from app.engine._pack import ModelPack
from app.engine._site import Conversion, add_conversion, conversions, site_folder
from app.errors import AppError
from app.toolchain.conversion.plan import AIPP, MODEL, Plan

SMALL_BOARD = 9 << 30
"""Bytes of memory below which ATC is told to compile one operator at a time: boards of 4 and 8 GB
run out of memory else."""
ONE_AT_A_TIME = {"TE_PARALLEL_COMPILER": "1", "MAX_COMPILE_CORE_NUMBER": "1"}
_LONGEST = 600
"""Characters of ATC's complaint that are shown; all of it is in the log."""


def has_atc() -> bool:
    """Say whether ATC can be run here."""
    return shutil.which("atc") is not None


def convert(pack: ModelPack, plan: Plan) -> Conversion:
    """Convert a pack for a chip and note it. Raises AppError with ATC's own words if it fails."""
    with tempfile.TemporaryDirectory(prefix="mingjian-atc-") as made_in:
        folder = Path(made_in)
        (folder / MODEL).write_bytes(plan.onnx)
        if plan.aipp:
            (folder / AIPP).write_text(plan.aipp, encoding="utf-8")
        done = subprocess.run(
            plan.words,
            cwd=folder,
            env=os.environ | small_board(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        log = done.stdout.decode("utf-8", "replace")
        site = _site(pack)
        (site / f"{plan.chip}.log").write_text(f"{plan.command}\n{log}", encoding="utf-8")
        # A model that depends on the host's processor is given a longer name.
        made = sorted(folder.glob("model*.om"))
        if done.returncode or not made:
            raise AppError(
                "ATC could not convert the model pack {pack} for {chip}: {fault}",
                "What it said is in {log}.",
                "convert-failed",
                pack=pack.name,
                chip=plan.chip,
                fault=" ".join(log.split())[-_LONGEST:],
                log=site / f"{plan.chip}.log",
            )
        return keep(pack, plan, made[0].read_bytes())


def keep(pack: ModelPack, plan: Plan, content: bytes) -> Conversion:
    """Keep a converted model with the command it was made by.

    Raises EngineError for a damaged file, AppError for another chip's.
    """
    header = header_of(content)
    if header.chip != plan.chip:
        raise AppError(
            "The converted model is for {made}, not for {chip}.",
            "Convert it with --soc_version={chip}.",
            "convert-other-chip",
            made=header.chip or "?",
            chip=plan.chip,
        )
    site = _site(pack)
    if plan.aipp:
        (site / f"{plan.chip}.aipp.cfg").write_text(plan.aipp, encoding="utf-8")
    digest = hashlib.sha256(content).hexdigest()
    # Named by its content: whoever opens it meanwhile finds the old file or the new one, whole.
    name = f"{plan.chip}-{digest[:12]}.om"
    part = site / f".{name}"
    part.write_bytes(content)
    part.replace(site / name)
    made = _noted(plan, header, name, digest)
    before = [each.file for each in conversions(pack.name) if each.chip == plan.chip]
    add_conversion(pack.name, made)
    for old in set(before) - {name}:
        (site / old).unlink(missing_ok=True)
    return made


def script(pack: ModelPack, plan: Plan, back: str) -> str:
    """Return a shell script that does it on a machine with CANN.

    ``back`` is the command that takes the file it makes.
    """
    lines = [
        "#!/bin/sh",
        f"# Converts {pack.name} for {plan.chip}. Put the pack's ONNX weights beside this script",
        f"# as {MODEL}; they are checked. CANN's set_env.sh must have been sourced.",
        "set -e",
        f"echo '{plan.onnx_sha256}  {MODEL}' | sha256sum -c -",
    ]
    if plan.aipp:
        lines += [f"cat > {AIPP} <<'END'", plan.aipp.rstrip("\n"), "END"]
    lines += [
        plan.command,
        "# The file is model.om, or model_linux_ARCH.om where it depends on the processor.",
        f"# Bring it back and run: {back}",
    ]
    return "\n".join(lines) + "\n"


def small_board() -> dict[str, str]:
    """Return what a machine with little memory must set for ATC."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return ONE_AT_A_TIME if memory < SMALL_BOARD else {}


def _site(pack: ModelPack) -> Path:
    folder = site_folder(pack.name)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _noted(plan: Plan, header: OmHeader, name: str, digest: str) -> Conversion:
    return Conversion(
        chip=plan.chip,
        file=name,
        sha256=digest,
        made_from=plan.onnx_sha256,
        atc_version=header.atc_version,
        commands=(plan.command,),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
