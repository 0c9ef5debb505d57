"""What a site added to a model pack: weights converted for the chip that stands there.

Packs that come with the product are read-only; conversions lie in the data folder of the user.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app import paths
from app.errors import EngineError

_NOTE = "site.toml"


class Conversion(BaseModel):
    """One file that was converted on or for this site."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chip: str
    file: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    made_from: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the ONNX weights")
    atc_version: str = ""
    commands: tuple[str, ...] = Field((), description="As they were run, in order")
    made_at: str = Field("", description="UTC")


class _Note(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    conversions: tuple[Conversion, ...] = ()


def site_folder(pack: str) -> Path:
    """Return where a site keeps what it added to a pack."""
    return paths.home() / "models" / pack


def conversions(pack: str) -> tuple[Conversion, ...]:
    """List what was converted, newest last. Raises EngineError if the note cannot be read."""
    path = site_folder(pack) / _NOTE
    try:
        return _Note.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).conversions
    except FileNotFoundError:
        return ()
    except (OSError, ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EngineError(
            "The note {path} of converted models cannot be read: {fault}",
            "Move it away and convert the pack again.",
            "site-note",
            path=path,
            fault=error,
        ) from error


def add_conversion(pack: str, made: Conversion) -> None:
    """Note a conversion in the place of an older one for the same chip.

    Raises EngineError if the note cannot be read, OSError if it cannot be written.
    """
    # The environment of the toolchain reads packs, too, and has no such writer.
    import tomlkit

    kept = [each for each in conversions(pack) if each.chip != made.chip]
    told = {"conversions": [each.model_dump(mode="json") for each in (*kept, made)]}
    folder = site_folder(pack)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".site-", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(tomlkit.dumps(told).encode())
            file.flush()
            os.fsync(file.fileno())
            part.replace(folder / _NOTE)
        except OSError:
            part.unlink()
            raise
