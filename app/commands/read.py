"""``mingjian read PATHS…``: read pictures and documents and say what stands on them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.commands import _batch

if TYPE_CHECKING:
    from app.language import Catalogue
    from app.vocabulary import Inspection


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    _batch.add_arguments(parser)
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a document, one a line"
    )
    parser.add_argument(
        "--kind", metavar="KIND", help="take every document for this kind; else it is recognised"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read everything; 0 if every file could be read, 1 if some could not."""
    from app import assembly
    from app.settings import load_settings

    engine = {"reader.engine": arguments.engine} if arguments.engine else None
    settings = load_settings(arguments=engine)
    return _batch.work_through(
        _batch.Batch(
            arguments.paths,
            lambda: assembly.open_inspector(settings),
            _json if arguments.json else _text,
            arguments.out,
            arguments.kind,
        )
    )


def _json(inspection: Inspection, words: Catalogue) -> Iterable[str]:
    from app.commands._json import json_line

    return (json_line(inspection, words),)


def _text(inspection: Inspection, words: Catalogue) -> Iterable[str]:
    from app.commands._text import text_lines

    return text_lines(inspection, words)
