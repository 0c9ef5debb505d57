"""The file that makes the chip itself swap and normalise the pixels (static AIPP)."""

from __future__ import annotations

from app.engine._pack import ModelInput

_FORMATS = {"bgr": "RGB888_U8", "rgb": "RGB888_U8", "grey": "YUV400_U8"}
"""ATC has no name for blue first: three bytes are three bytes, and the swap says the order."""


def aipp_text(given: ModelInput, size: tuple[int, int] | None) -> str:
    """Return protobuf text for bytes as the camera gives them, blue first.

    ``size`` is (height, width) of a fixed input; None with gears, where ATC wants zeros. The chip
    computes (pixel − min) × var_reci, which is the pack's (pixel × scale − mean) ÷ std.
    """
    height, width = size or (0, 0)
    lines = [
        "aipp_mode: static",
        "related_input_rank: 0",
        f"input_format: {_FORMATS[given.channels]}",
        f"src_image_size_w: {width}",
        f"src_image_size_h: {height}",
        "crop: false",
        "csc_switch: false",
        f"rbuv_swap_switch: {'true' if given.channels == 'rgb' else 'false'}",
    ]
    each = given.normalisation
    for channel, (mean, std) in enumerate(zip(each.mean, each.std, strict=True)):
        lines.append(f"min_chn_{channel}: {mean / each.scale:.10g}")
        lines.append(f"var_reci_chn_{channel}: {each.scale / std:.10g}")
    return "aipp_op {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"
