"""The command `atc`: ONNX in, a file with a real OM header out.

The chip of the file carries the word "emulation": no device takes it, and no device's file runs
here. EMULATED_ATC_SUFFIX=1 gives the file the name that a conversion bound to the host gets.
"""

from __future__ import annotations

import os
import platform
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort

from cann import SUFFIX
from cann.aipp_file import FORMATS, BadAipp
from cann.aipp_file import parse as parse_aipp
from cann.atc_options import Options, Wrong, parse
from cann.half import rounded
from cann.om_file import is_whole, read_om, write_om
from cann.program import FLOAT, INT64, UINT8

VERSION = "9.0.0_emulation"
NCHW, NHWC, ND = 0, 1, 2
FAILED = "ATC run failed, Please check the detail log, Try 'atc --help' for more information"
_TYPES = {"tensor(float)": FLOAT, "tensor(int64)": INT64}
_NUMPY = {FLOAT: np.float32, INT64: np.int64}


def main(words: Sequence[str]) -> int:
    """Convert, or show a file with --mode=6; the exit status is 0 only after success."""
    print("ATC start working now, please wait for a moment. (emulation)")
    try:
        options = parse(words)
        if options["mode"] == "6":
            _show(options["om"])
        else:
            _convert(options, "atc " + shlex.join(words))
    except (Wrong, BadAipp) as wrong:
        print(FAILED)
        print(wrong)
        return 1
    print("ATC run success, welcome to the next use.")
    return 0


def _convert(options: Options, command: str) -> None:
    onnx = Path(options["model"]).read_bytes()
    aipp = _aipp(options)
    try:
        session = ort.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise Wrong("E16005: Failed to parse the ONNX model") from error
    program = _program(options, session, aipp)
    name = Path(options["output"]).name
    attributes = {
        "atc_cmdline": command,
        "atc_version": VERSION,
        "opp_version": VERSION,
        "soc_version": options["soc_version"].removesuffix(SUFFIX) + SUFFIX,
    }
    program |= {"soc_version": attributes["soc_version"], "is_half": options.is_half}
    content = write_om(name, attributes, program, rounded(onnx) if options.is_half else onnx)
    tail = f"_linux_{platform.machine()}" if os.environ.get("EMULATED_ATC_SUFFIX") else ""
    Path(f"{options['output']}{tail}.om").write_bytes(content)


def _aipp(options: Options) -> dict[str, Any] | None:
    if not options["insert_op_conf"]:
        return None
    path = Path(options["insert_op_conf"])
    if not path.is_file():
        raise Wrong(f"E10003: File [{path}] for [--insert_op_conf] does not exist")
    aipp = parse_aipp(path.read_text(encoding="utf-8"))
    if options.gear_kind == "hw" and any(aipp["size"]):
        raise Wrong("E10049: src_image_size must be 0 with --dynamic_image_size")
    return aipp


def _program(
    options: Options, session: ort.InferenceSession, aipp: dict[str, Any] | None
) -> dict[str, Any]:
    given = {each.name: each for each in session.get_inputs()}
    if unknown := set(options.shapes) - set(given):
        raise Wrong(f"E10016: Opname [{', '.join(sorted(unknown))}] is not in the model")
    bound = {
        name: options.shapes.get(name) or [n if isinstance(n, int) else -1 for n in each.shape]
        for name, each in given.items()
    }
    types = {name: _TYPES[each.type] for name, each in given.items()}
    shapes = [_filled(bound, gear) for gear in options.gears or [[]]]
    outputs = [_outputs(session, each, types) for each in shapes]
    form = {"NCHW": NCHW, "NHWC": NHWC}.get(options["input_format"] or "NCHW", ND)
    inputs: list[dict[str, Any]] = []
    for name, dims in bound.items():
        gears = [each[name] for each in shapes]
        tensor = {"name": name, "dtype": types[name], "format": form, "dims": dims, "gears": gears}
        inputs.append(_of_pixels(tensor, aipp) if aipp and not inputs else tensor)
    values = options.gears
    if options.gear_kind == "dims":
        values = [[n for dims in each.values() for n in dims] for each in shapes]
    names = [each.name for each in session.get_outputs()]
    return {
        "inputs": inputs,
        "outputs": [
            {
                "name": f"Out_{at}:0:{name}",
                "dtype": FLOAT,
                "format": ND,
                "dims": outputs[0][at],
                "gears": [each[at] for each in outputs],
            }
            for at, name in enumerate(names)
        ],
        "gear_kind": options.gear_kind,
        "gear_values": values,
        "aipp": aipp,
    }


def _filled(bound: dict[str, list[int]], gear: list[int]) -> dict[str, list[int]]:
    """Put a gear's values where -1 stands; a lone batch goes to every input."""
    values = iter(gear * len(bound) if len(gear) == 1 else gear)
    filled = {
        name: [next(values, -1) if n == -1 else n for n in dims] for name, dims in bound.items()
    }
    if any(-1 in dims for dims in filled.values()):
        raise Wrong("E10001: the shape of an input is not known: give --input_shape")
    return filled


def _outputs(
    session: ort.InferenceSession, shapes: dict[str, list[int]], types: dict[str, int]
) -> list[list[int]]:
    feeds = {name: np.zeros(dims, _NUMPY[types[name]]) for name, dims in shapes.items()}
    try:
        return [list(np.shape(each)) for each in session.run(None, feeds)]
    except Exception as error:
        raise Wrong("E19010: the model cannot be built for its input shape") from error


def _of_pixels(tensor: dict[str, Any], aipp: dict[str, Any]) -> dict[str, Any]:
    """With static AIPP an input is bytes, N×H×W×C."""
    channels = FORMATS[aipp["input_format"]]
    if tensor["format"] != NCHW or tensor["dims"][1] != channels:
        raise Wrong("E10045: the input format of AIPP does not fit the model")
    if any(aipp["size"]) and aipp["size"] != tensor["dims"][2:]:
        raise Wrong("E10045: src_image_size does not fit the model")

    def turned(dims: list[int]) -> list[int]:
        return [dims[0], dims[2], dims[3], dims[1]]

    gears = [turned(dims) for dims in tensor["gears"]]
    told = {"dtype": UINT8, "format": NHWC, "dims": turned(tensor["dims"]), "gears": gears}
    return tensor | told


def _show(path: str) -> None:
    content = Path(path).read_bytes() if Path(path).is_file() else b""
    if not is_whole(content):
        raise Wrong("E10001: Invalid om file.")
    told, _ = read_om(content)
    print("============ Display Model Info start ============")
    print("Original Atc command line: (emulation)")
    soc = told["soc_version"]
    print(f"system info: atc_version[{VERSION}], soc_version[{soc}], framework_type[5]")
    print("============ Display Model Info end   ============")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
