"""The detectors and the sets of golden parts that a recipe can name."""

from __future__ import annotations

from dataclasses import dataclass, field

from app import paths
from app.engine._pack import load_pack
from app.errors import EngineError


@dataclass(frozen=True, slots=True)
class AtHand:
    """What is there to choose from."""

    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Each detector, and the kinds of defects that it knows."""
    golden: tuple[str, ...] = ()


def at_hand() -> AtHand:
    """Look what is installed; a pack that cannot be read is not offered."""
    labels = {}
    for manifest in sorted(paths.models().glob("*/manifest.toml")):
        try:
            pack = load_pack(manifest.parent.name)
            if pack.manifest.task == "object-detection":
                labels[pack.name] = pack.labels()
        except (EngineError, OSError):
            continue  # whoever names it in a recipe is told why
    golden = (p.name for p in (paths.home() / "golden").glob("*") if p.is_dir())
    return AtHand(labels, tuple(sorted(golden)))
