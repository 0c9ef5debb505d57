"""The command line of `atc`: what it takes, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cann import SUFFIX

CHIPS = {"Ascend310", *(f"Ascend310B{n}" for n in range(1, 5))}
CHIPS |= {f"Ascend310P{n}" for n in (1, 3, 5, 7)}
CHIPS |= {"Ascend910A", "Ascend910ProA", "Ascend910ProB", "Ascend910PremiumA"}
CHIPS |= {*(f"Ascend910B{n}" for n in range(1, 5)), "Ascend910B2C", "Ascend910B4-1"}
GEARS = {"dynamic_batch_size": "batch", "dynamic_image_size": "hw", "dynamic_dims": "dims"}
FRAMEWORKS = ("0", "1", "3", "5")
ALLOWED = {
    "precision_mode": "force_fp16 force_fp32 cube_fp16in_fp32out allow_fp32_to_fp16"
    " must_keep_origin_dtype allow_mix_precision",
    "precision_mode_v2": "fp16 origin cube_fp16in_fp32out mixed_float16 mixed_bfloat16",
    "input_format": "NCHW NHWC ND",
    "output_type": "FP32 FP16 UINT8",
    "log": "debug info warning error null",
    "enable_small_channel": "0 1",
    "external_weight": "0 1 2",
    "sparsity": "0 1",
    "buffer_optimize": "l2_optimize l1_optimize off_optimize",
    "op_select_implmode": "high_performance high_precision",
}
KNOWN = {"mode", "framework", "model", "output", "soc_version", "input_shape", "insert_op_conf"}
KNOWN |= {"om", "json", "out_nodes", "input_fp16_nodes", "compression_optimize_conf", *GEARS}
KNOWN |= {"op_debug_level", "op_compiler_cache_mode", "op_compiler_cache_dir", *ALLOWED}
KNOWN |= {"optypelist_for_implmode", "op_precision_mode"}


class Wrong(Exception):
    """A message of ATC."""


@dataclass(frozen=True)
class Options:
    """A conversion as asked for."""

    given: dict[str, str]
    shapes: dict[str, list[int]]
    gear_kind: str
    gears: list[list[int]]

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, "")

    @property
    def is_half(self) -> bool:
        """Whether the model is to compute in half precision, which is the default."""
        v2 = self["precision_mode_v2"] or "fp16"
        return v2 == "fp16" and self["precision_mode"] in ("", "force_fp16")


def parse(words: Sequence[str]) -> Options:
    """Take a command line; raises Wrong."""
    given: dict[str, str] = {}
    for word in words:
        match = re.fullmatch(r"--(\w+)=(.*)", word, re.DOTALL)
        if match is None or match[1] not in KNOWN:
            raise Wrong(f"ERROR: unknown command line flag '{word.partition('=')[0]}'")
        given[match[1]] = match[2].strip('"')
    if given.get("mode", "0") == "6":
        return Options(given, {}, "", [])
    _check_values(given)
    shapes = _shapes(given.get("input_shape", ""))
    kind, gears = _gears(given, shapes)
    options = Options(given, shapes, kind, gears)
    _check_chip(options)
    return options


def _check_values(given: dict[str, str]) -> None:
    if given.get("mode", "0") != "0":
        raise Wrong("E10007: --mode is not emulated")
    for name in ("model", "framework", "output", "soc_version"):
        if not given.get(name):
            raise Wrong(f"E10004: Value for [--{name}] is empty")
    if given["framework"] not in FRAMEWORKS:
        raise Wrong(f"E10007: [--framework] is [{given['framework']}]: must be 0, 1, 3 or 5")
    if given["framework"] != "5":
        raise Wrong("E10007: only --framework=5 is emulated")
    _check_choices(given)
    if not Path(given["model"]).is_file():
        raise Wrong(f"E10003: File [{given['model']}] for [--model] does not exist")
    if not Path(given["output"]).absolute().parent.is_dir():
        raise Wrong("E10003: the folder of [--output] does not exist")


def _check_choices(given: dict[str, str]) -> None:
    for name, values in ALLOWED.items():
        if name in given and given[name].partition(":")[0] not in values.split():
            raise Wrong(f"E10007: [--{name}] is [{given[name]}]: must be one of {values}")
    if "precision_mode" in given and "precision_mode_v2" in given:
        raise Wrong("E10056: --precision_mode and --precision_mode_v2 exclude each other")


def _check_chip(options: Options) -> None:
    chip = options["soc_version"].removesuffix(SUFFIX)
    if chip not in CHIPS:
        raise Wrong(f"E10001: Value [{options['soc_version']}] for [--soc_version] is invalid")
    is_small = chip.startswith("Ascend310B")
    if options["sparsity"] == "1" and not (is_small or chip.startswith("Ascend910B")):
        raise Wrong(f"E10016: --sparsity=1 is not supported on {chip}")
    is_range = re.search(r"~", options["input_shape"]) or (
        not options.gear_kind and any(-1 in shape for shape in options.shapes.values())
    )
    if is_range and is_small:
        raise Wrong(f"E10016: shape range is not supported on {chip}")
    if is_range:
        raise Wrong("E10016: shape ranges are not emulated")


def _shapes(text: str) -> dict[str, list[int]]:
    shapes = {}
    for part in filter(None, text.split(";")):
        name, colon, dims = part.rpartition(":")
        if not colon or not re.fullmatch(r"-?\d+(~-?\d+)?(,-?\d+(~-?\d+)?)*", dims):
            raise Wrong(f"E10002: Value [{text}] for [--input_shape] is invalid")
        shapes[name] = [int(dim.partition("~")[0]) for dim in dims.split(",")]
    return shapes


def _gears(given: dict[str, str], shapes: dict[str, list[int]]) -> tuple[str, list[list[int]]]:
    named = [name for name in GEARS if given.get(name)]
    if not named:
        return "", []
    if len(named) > 1:
        raise Wrong(f"E10009: {' and '.join(named)} exclude each other")
    kind = GEARS[named[0]]
    text = given[named[0]]
    separator = "," if kind == "batch" else ";"
    if not re.fullmatch(r"\d+([,;]\d+)*", text):
        raise Wrong(f"E10018: Value [{text}] for [--{named[0]}] is invalid")
    gears = [[int(n) for n in part.split(",")] for part in text.split(separator)]
    if not 2 <= len(gears) <= 100:
        raise Wrong(f"E10035: --{named[0]} has {len(gears)} gears: must be 2 to 100")
    if len({tuple(gear) for gear in gears}) < len(gears):
        raise Wrong(f"E10039: --{named[0]} has the same gear twice")
    _check_gears(kind, gears, given, shapes)
    return kind, gears


def _check_gears(
    kind: str, gears: list[list[int]], given: dict[str, str], shapes: dict[str, list[int]]
) -> None:
    free = [(name, at) for name, dims in shapes.items() for at, n in enumerate(dims) if n == -1]
    places = {at for _, at in free}
    form = given.get("input_format", "NCHW")
    if kind == "batch" and (places != {0} or not all(1 <= n <= 2048 for (n,) in gears)):
        raise Wrong("E10017: --dynamic_batch_size needs N = -1 and batches of 1 to 2048")
    sides = {"NCHW": {2, 3}, "NHWC": {1, 2}}.get(form)
    if kind == "hw" and (places != sides or any(len(gear) != 2 for gear in gears)):
        raise Wrong("E10017: --dynamic_image_size needs H and W = -1, in NCHW or NHWC")
    if kind == "dims":
        if form != "ND" or given.get("insert_op_conf"):
            raise Wrong("E10017: --dynamic_dims needs --input_format=ND and no AIPP")
        if not free or any(len(gear) != len(free) for gear in gears):
            raise Wrong("E10017: every gear of --dynamic_dims needs one value a -1")
