"""Properties are tried without a clock: a busy machine is no failure."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("documents", deadline=None, database=None)
settings.load_profile("documents")
