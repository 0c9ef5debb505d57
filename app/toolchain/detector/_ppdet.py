"""What is taken from PaddleDetection, without opening its front door.

``import ppdet`` loads trackers, plots and data frames: a dozen packages that no detector needs,
and longer than paddle. Its packages are entered here by their folders, their ``__init__`` unread.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_PARTS = ("backbones", "heads", "necks", "losses", "assigners")
_PACKAGES = ("ppdet", "ppdet.modeling", *(f"ppdet.modeling.{part}" for part in _PARTS))
_SPEC = find_spec("ppdet")
if _SPEC is None or _SPEC.origin is None:
    raise ModuleNotFoundError("No module named 'ppdet'", name="ppdet")

for _name in _PACKAGES:
    if _name not in sys.modules:
        _package = ModuleType(_name)
        _package.__path__ = [str(Path(_SPEC.origin).parents[1].joinpath(*_name.split(".")))]
        sys.modules[_name] = _package

from ppdet.modeling.losses.iou_loss import GIoULoss  # noqa: E402 - behind the packages' making

sys.modules["ppdet.modeling.losses"].__dict__.setdefault("GIoULoss", GIoULoss)

from ppdet.modeling.assigners.task_aligned_assigner import (  # noqa: E402 - as above
    TaskAlignedAssigner,
)
from ppdet.modeling.backbones.cspresnet import (  # noqa: E402 - as above
    BasicBlock,
    ConvBNLayer,
    CSPResStage,
    RepVggBlock,
)
from ppdet.modeling.heads.ppyoloe_head import PPYOLOEHead  # noqa: E402 - takes GIoULoss from above
from ppdet.modeling.necks.custom_pan import CSPStage  # noqa: E402 - as above

__all__ = [
    "BasicBlock",
    "CSPResStage",
    "CSPStage",
    "ConvBNLayer",
    "PPYOLOEHead",
    "RepVggBlock",
    "TaskAlignedAssigner",
]
