"""Where things live, in the source tree and on an installed machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs


def _root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Read-only: theme, icons, translations, recipes, samples."""
    return _root() / "resources"


def models() -> Path:
    """Read-only: the model packs that come with the product."""
    return _root() / "models"


def home() -> Path:
    """Records, pictures, site models and logs; ``MINGJIAN_HOME`` moves it."""
    moved = os.environ.get("MINGJIAN_HOME")
    return Path(moved) if moved else Path(platformdirs.user_data_dir("mingjian", appauthor=False))


def settings_file() -> Path:
    """Only what differs from the defaults is in it; it need not exist."""
    if os.environ.get("MINGJIAN_HOME"):
        return home() / "settings.toml"
    return Path(platformdirs.user_config_dir("mingjian", appauthor=False)) / "settings.toml"
