"""Model packs: whole, and converted for the chip that is here."""

from __future__ import annotations

from collections.abc import Iterator

from app import paths
from app.doctor import Finding, Level
from app.doctor._ascend import has_npu
from app.doctor._machine import Machine
from app.doctor._npu_smi import overview_of
from app.engine._om import header_of
from app.engine._pack import load_pack
from app.engine._site import conversions
from app.errors import EngineError
from app.language import message


def findings(machine: Machine) -> Iterator[Finding]:
    """Verify the weights of every pack, and what the site converted."""
    chips = _chips(machine)
    for path in sorted(paths.models().glob("*/manifest.toml")):
        name = path.parent.name
        try:
            pack = load_pack(name)
            pack.weights("onnx")
            for made in conversions(name):
                if pack.has("ascend", made.chip):
                    header_of(pack.weights("ascend", made.chip)[0])
            missing = [chip for chip in chips if not pack.has("ascend", chip)]
        except EngineError as error:
            yield Finding("pack", Level.FAULT, error.what, None, error.hint)
            continue
        yield Finding("pack", Level.FINE, message("Model pack {pack} is whole.", pack=name))
        for chip in missing:
            yield Finding(
                "pack-not-converted",
                Level.WARNING,
                message("Model pack {pack} has no model for {chip}.", pack=name, chip=chip),
                message("It runs on the CPU although there is an NPU."),
                message(
                    "Convert the pack: mingjian model convert {pack} --chip {chip}",
                    pack=name,
                    chip=chip,
                ),
            )


def _chips(machine: Machine) -> list[str]:
    """Return the names that ATC gives to the chips here, each once."""
    answer = machine.ask("npu-smi", "info") if has_npu(machine) else None
    overview = overview_of(answer.text) if answer else None
    # For 310, 310P, 310B, 910 and A2 it is “Ascend” and the name in the table.
    return list(dict.fromkeys(f"Ascend{chip.name}" for chip in overview.chips)) if overview else []
