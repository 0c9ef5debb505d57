"""``mingjian doctor``: look for what is wrong with this machine, and say what mends it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.doctor import Finding
    from app.language import Catalogue

SOMETHING_WRONG = 1
_MARKS = {"fine": "✓", "note": "·", "warning": "!", "fault": "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument("--json", action="store_true", help="print one JSON object a finding")


def run(arguments: argparse.Namespace) -> int:
    """Print every finding as it is made; 1 if something does not run until it is mended."""
    from app.doctor import Level, examine
    from app.language import catalogue, system_language

    words = catalogue(system_language())
    worst = 0
    for finding in examine():
        print(_json(finding, words) if arguments.json else _text(finding, words), flush=True)
        worst += finding.level is Level.FAULT
    return SOMETHING_WRONG if worst else 0


def _json(finding: Finding, words: Catalogue) -> str:
    told = {
        "code": finding.code,
        "level": str(finding.level),
        "what": finding.what.text(words),
        "why": finding.why.text(words) if finding.why else None,
        "mend": finding.mend.text(words) if finding.mend else None,
    }
    return json.dumps(told, ensure_ascii=False)


def _text(finding: Finding, words: Catalogue) -> str:
    lines = [f"{_MARKS[finding.level]} {finding.what.text(words)}"]
    lines += [f"    {told.text(words)}" for told in (finding.why, finding.mend) if told]
    return "\n".join(lines)
