"""PP-YOLOE made small for one task: CSP backbone, a way down to stride 8, one lean head.

The blocks, the assigner and the losses are PaddleDetection's; defects are small, so the levels of
stride 16 and 32 only serve as context and carry no head.
"""

from __future__ import annotations

from typing import Any

import paddle
from paddle import nn
from paddle.nn import functional

from app.toolchain.detector._ppdet import (
    BasicBlock,
    ConvBNLayer,
    CSPResStage,
    CSPStage,
    PPYOLOEHead,
    RepVggBlock,
    TaskAlignedAssigner,
)
from app.toolchain.detector.design import Design


class Detector(nn.Layer):
    """Pictures in, one map [N, labels + 4 × bins, positions] of logits out."""

    def __init__(self, design: Design) -> None:
        super().__init__()
        self.design = design
        act = nn.ReLU()
        stem, small, middle, large = design.widths
        self.stem = _deep_stem(design, act) if design.stem == "deep" else _patch_stem(design, act)
        small_blocks, middle_blocks, large_blocks = design.blocks
        stage: Any = CSPResStage
        self.small = stage(BasicBlock, stem, small, small_blocks, 2, act, attn=None)
        self.middle = stage(BasicBlock, small, middle, middle_blocks, 2, act, attn=None)
        self.large = stage(BasicBlock, middle, large, large_blocks, 2, act, attn=None)
        low, mid, high = design.neck
        self.neck_large = CSPStage("BasicBlock", large, low, 1, act=act, spp=True)
        self.route_large = ConvBNLayer(low, low // 2, 1, act=act)
        self.neck_middle = CSPStage("BasicBlock", low // 2 + middle, mid, 1, act=act)
        self.route_middle = ConvBNLayer(mid, mid // 2, 1, act=act)
        self.neck_small = CSPStage("BasicBlock", mid // 2 + small, high, 1, act=act)
        classes, box = design.head
        self.stem_class = ConvBNLayer(high, classes, 3, padding=1, act=act)
        self.stem_box = ConvBNLayer(high, box, 3, padding=1, act=act)
        self.to_class = nn.Conv2D(classes, len(design.labels), 1)
        self.to_box = nn.Conv2D(box, 4 * design.bins, 1)
        self.to_class.bias.set_value(paddle.full_like(self.to_class.bias, -4.6))  # p = 0.01
        self.to_box.bias.set_value(paddle.ones_like(self.to_box.bias))

    def features(self, pictures: Any) -> Any:
        """Return the features of stride 8."""
        small = self.small(self.stem(pictures))
        middle = self.middle(small)
        low = self.route_large(self.neck_large(self.large(middle)))
        joined = paddle.concat([functional.interpolate(low, scale_factor=2.0), middle], axis=1)
        mid = self.route_middle(self.neck_middle(joined))
        joined = paddle.concat([functional.interpolate(mid, scale_factor=2.0), small], axis=1)
        return self.neck_small(joined)

    def maps(self, pictures: Any) -> tuple[Any, Any]:
        """Return the class logits and the box distributions, N×C×H×W each."""
        features = self.features(pictures)
        return (
            self.to_class(self.stem_class(features)),
            self.to_box(self.stem_box(features)),
        )

    def forward(self, pictures: Any) -> Any:
        """Return what is exported."""
        return paddle.concat(self.maps(pictures), axis=1).flatten(2)

    def merge(self) -> None:
        """Turn every two-branch block into the one convolution it equals."""
        for layer in self.sublayers():
            if isinstance(layer, RepVggBlock):
                layer.convert_to_deploy()


def _patch_stem(design: Design, act: Any) -> Any:
    pad = design.stem_kernel // 2 - 2
    width = design.widths[0]
    return ConvBNLayer(design.colours, width, design.stem_kernel, stride=4, padding=pad, act=act)


def _deep_stem(design: Design, act: Any) -> Any:
    width = design.widths[0]
    return nn.Sequential(
        ConvBNLayer(design.colours, width // 2, 3, stride=2, padding=1, act=act),
        ConvBNLayer(width // 2, width, 3, stride=2, padding=1, act=act),
        ConvBNLayer(width, width, 3, padding=1, act=act),
    )


class Loss:
    """PaddleDetection's PP-YOLOE loss over the maps of one level."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._head = PPYOLOEHead(
            in_channels=[8],
            num_classes=len(design.labels),
            fpn_strides=(design.stride,),
            reg_max=design.bins - 1,
            static_assigner_epoch=-1,
            static_assigner=None,
            assigner=TaskAlignedAssigner(topk=13, alpha=1.0, beta=6.0),
            nms=None,
        )

    def __call__(self, maps: tuple[Any, Any], truth: dict[str, Any]) -> dict[str, Any]:
        """Return the parts of the loss; ``loss`` is their weighted sum."""
        logits, distributions = maps
        height, width = logits.shape[2:]
        stride = self._design.stride
        ys, xs = paddle.meshgrid(
            (paddle.arange(height).astype("float32") + 0.5) * stride,
            (paddle.arange(width).astype("float32") + 0.5) * stride,
        )
        points = paddle.stack([xs, ys], axis=-1).reshape([-1, 2])
        strides = paddle.full([height * width, 1], float(stride))
        half = 2.5 * stride
        anchors = paddle.concat([points - half, points + half], axis=-1)
        scores = functional.sigmoid(logits).flatten(2).transpose([0, 2, 1])
        spread = distributions.flatten(2).transpose([0, 2, 1])
        outputs = [scores, spread, anchors, points, [height * width], strides]
        parts: dict[str, Any] = self._head.get_loss(outputs, {**truth, "epoch_id": 0})
        return parts
