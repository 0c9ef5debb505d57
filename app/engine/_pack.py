"""Model packs: a folder with a manifest, a card and weights per runtime and chip."""

from __future__ import annotations

import difflib
import hashlib
import importlib.util
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app import paths
from app.engine._site import conversions, site_folder
from app.errors import EngineError


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Normalisation(_Part):
    """network input = (pixel × scale − mean) ÷ std, a value a channel, in the pack's order."""

    scale: float = 1 / 255
    mean: tuple[float, float, float] | tuple[float]
    std: tuple[float, float, float] | tuple[float]


class ModelInput(_Part):
    """What the network wants to be fed."""

    channels: Literal["bgr", "rgb", "grey"]
    height: int | None = Field(None, gt=0, description="Fixed height in pixels; none if free")
    widths: tuple[int, ...] = Field((), description="Width buckets in pixels, ascending")
    gears: tuple[tuple[int, int], ...] = Field(
        (), description="Heights and widths that an NPU's model is compiled for, in pixels"
    )
    stride: int = Field(1, gt=0, description="Sides are multiples of it, in pixels")
    normalisation: Normalisation


class BoxOutput(_Part):
    """How a detector's output is laid out: [1, labels + 4 × bins, positions], logits, one level."""

    stride: int = Field(gt=0, description="Pixels of the input from one position to the next")
    bins: int = Field(gt=1, description="Steps, in strides, of the distribution of one box side")
    score: float = Field(gt=0, lt=1, description="A box below it is not reported")
    overlap: float = Field(gt=0, lt=1, description="IoU above which the weaker of two boxes goes")


class Weights(_Part):
    """One file of weights, for one runtime and, where that matters, one chip."""

    runtime: Literal["onnx", "ascend", "paddle"]
    chip: str = ""
    package: str = Field("", description="Installed Python package that brings the file, if any")
    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(_Part):
    """``manifest.toml`` of a pack."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")
    version: str
    task: Literal["text-detection", "text-recognition", "text-orientation", "object-detection"]
    licence: str
    card: str = "CARD.md"
    labels: tuple[str, ...] = ()
    labels_file: str = Field("", description="One label a line, relative to the pack")
    input: ModelInput
    boxes: BoxOutput | None = Field(None, description="For object detection only")
    weights: tuple[Weights, ...] = Field(min_length=1)


class ModelPack:
    """One pack on disk; nothing but its manifest is read until its weights are asked for."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    @property
    def name(self) -> str:
        """Return the pack's name."""
        return self.manifest.name

    def labels(self) -> tuple[str, ...]:
        """Return the classes in the order of the network's output."""
        if not self.manifest.labels_file:
            return self.manifest.labels
        path = _inside(self.folder, self.manifest.labels_file)
        return tuple(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))

    def weights(self, runtime: str, chip: str = "") -> tuple[bytes, str]:
        """Return the weights for a runtime and chip, verified, with their SHA-256.

        Raises EngineError if there are none, or if one byte differs from the manifest.
        """
        for root, entry in self._entries(runtime, chip):
            return self._verified(root, entry), entry.sha256
        raise EngineError(
            "The model pack {pack} has no weights for {runtime} {chip}.",
            "Convert the pack for this device, or choose the CPU.",
            "pack-no-weights",
            pack=self.name,
            runtime=runtime,
            chip=chip,
        )

    def has(self, runtime: str, chip: str = "") -> bool:
        """Say whether there are weights for a runtime and chip; they are not read.

        Raises EngineError if the site's note of conversions cannot be read.
        """
        return any(True for _ in self._entries(runtime, chip))

    def _entries(self, runtime: str, chip: str) -> Iterator[tuple[Path, Weights]]:
        """Find weights in the manifest, then among what the site converted from these weights."""
        for entry in self.manifest.weights:
            if entry.runtime == runtime and entry.chip == chip:
                root = _package_folder(entry.package) if entry.package else self.folder
                yield root, entry
        if runtime != "ascend":
            return
        sources = {entry.sha256 for entry in self.manifest.weights if entry.runtime == "onnx"}
        for made in reversed(conversions(self.name)):
            if made.chip == chip and made.made_from in sources:
                found = Weights(
                    runtime="ascend", chip=chip, package="", file=made.file, sha256=made.sha256
                )
                yield site_folder(self.name), found

    def _verified(self, root: Path, entry: Weights) -> bytes:
        path = _inside(root, entry.file)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise EngineError(
                "The weights {file} of the model pack {pack} cannot be read.",
                "Install the model pack again.",
                "pack-unreadable",
                file=entry.file,
                pack=self.name,
            ) from error
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            raise EngineError(
                "The weights {file} of the model pack {pack} were altered.",
                "Install the model pack again; do not use this one.",
                "pack-altered",
                file=entry.file,
                pack=self.name,
            )
        return content


def load_pack(name: str, folder: Path | None = None) -> ModelPack:
    """Load a pack by name from the product's models, or from ``folder``.

    Raises EngineError if there is no such pack or its manifest is wrong.
    """
    shelf = folder or paths.models()
    path = shelf / name / "manifest.toml"
    if not path.is_file():
        known = sorted(p.parent.name for p in shelf.glob("*/manifest.toml"))
        raise EngineError(
            "There is no model pack “{pack}”.",
            "Did you mean “{near}”?",
            "pack-missing",
            pack=name,
            near=next(iter(difflib.get_close_matches(name, known, n=1) or known), "–"),
        )
    try:
        manifest = Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EngineError(
            "The manifest of the model pack {pack} is wrong: {fault}",
            "Install the model pack again.",
            "pack-manifest",
            pack=name,
            fault=error,
        ) from error
    return ModelPack(path.parent, manifest)


def _inside(root: Path, file: str) -> Path:
    path = (root / file).resolve()
    if not path.is_relative_to(root.resolve()):
        raise EngineError(
            "A model pack names the file {file} outside its folder.",
            "Do not use this pack.",
            "pack-escape",
            file=file,
        )
    return path


def _package_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise EngineError(
            "The package {package}, which brings the weights, is not installed.",
            "Run “make setup”, or install the product again.",
            "pack-package",
            package=package,
        )
    return Path(spec.origin).parent
