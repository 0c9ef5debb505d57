"""The file of `--insert_op_conf`: protobuf text, as much of it as static AIPP has."""

from __future__ import annotations

import re
from typing import Any

FORMATS = {"RGB888_U8": 3, "YUV400_U8": 1}
"""Input formats that are emulated, and their channels; ATC knows more."""
_KNOWN = {"aipp_mode", "related_input_rank", "input_format", "src_image_size_w", "src_image_size_h"}
_KNOWN |= {"crop", "csc_switch", "rbuv_swap_switch", "padding"}
_CHANNEL = re.compile(r"(mean_chn|min_chn|var_reci_chn)_([0-3])$")


class BadAipp(ValueError):
    """The file says something that ATC refuses."""


def parse(text: str) -> dict[str, Any]:
    """Return what the chip is to do before the model; raises BadAipp."""
    text = re.sub(r"#.*", "", text)
    whole = re.fullmatch(r"\s*aipp_op\s*\{(.*)\}\s*", text, re.DOTALL)
    if whole is None:
        raise BadAipp("E10028: the AIPP file holds no aipp_op")
    pairs = re.findall(r"(\w+)\s*:\s*([^\s{}]+)", whole[1])
    aipp: dict[str, Any] = {"mean_chn": [0.0] * 4, "min_chn": [0.0] * 4, "var_reci_chn": [1.0] * 4}
    for key, value in pairs:
        if channel := _CHANNEL.match(key):
            aipp[channel[1]][int(channel[2])] = float(value)
        elif key in _KNOWN:
            aipp[key] = value.strip('"')
        else:
            raise BadAipp(f"E10028: aipp_op has no field {key}")
    if aipp.get("aipp_mode") != "static":
        raise BadAipp("E10028: aipp_mode must be static (dynamic AIPP is not emulated)")
    if aipp.get("input_format") not in FORMATS:
        raise BadAipp(f"E10028: input_format {aipp.get('input_format')} is wrong or not emulated")
    if aipp.get("crop") == "true" or aipp.get("padding") == "true":
        raise BadAipp("E10028: crop and padding are not emulated")
    for mean in aipp["mean_chn"]:
        if mean != int(mean) or not 0 <= mean <= 255:
            raise BadAipp("E10028: mean_chn must be a whole number of 0 to 255")
    aipp["rbuv_swap_switch"] = aipp.get("rbuv_swap_switch") == "true"
    aipp["size"] = [int(aipp.get(f"src_image_size_{side}", "0")) for side in "hw"]
    return aipp
