"""``mingjian sources``: list the cameras and scanners found here, with their addresses."""

from __future__ import annotations

import argparse

from app.language import catalogue, message, system_language


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: it always lists all."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes them
    """List what can be opened now."""
    from app.capture import find_sources

    words = catalogue(system_language())
    found = find_sources()
    width = max((len(source.address) for source in found), default=0)
    for address, title in found:
        print(f"{address:{width}}  {title.text(words)}")
    if not found:
        print(message("No camera and no scanner was found.").text(words))
    return 0
