"""``mingjian recipe calibrate``: known parts are measured, thresholds chosen, the proof kept."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from app import assembly
from app.commands._progress import Progress
from app.commands._recipe_curve import Outcome, lines
from app.commands._recipe_parts import Measured, Measuring
from app.errors import AppError
from app.judgement.calibration import FLOOR, Asked, with_thresholds
from app.judgement.calibration import calibrate as choose
from app.language import catalogue, system_language
from app.recipes import Bound, Recipe, RecipeVersion, Shelf, bound_to
from app.settings import load_settings

NOT_PROVEN = 1


def calibrate(arguments: argparse.Namespace) -> int:
    """Measure, choose and tell; save where asked. 1 if the asked bound is not proven."""
    shelf, words = Shelf(), catalogue(system_language())
    version = shelf.load(arguments.name, arguments.version)
    asked = Asked(arguments.escapes, arguments.confidence, arguments.false_alarms)
    ok, ng = _measured(arguments, version)
    recipe = version.recipe
    found = choose(recipe, [each.scores for each in ok.parts], [p.scores for p in ng.parts], asked)
    outcome = Outcome(version, found, ok, ng)
    saved = None
    if arguments.write and found.is_met:
        saved = shelf.save(version.name, _proven(outcome), arguments.note)
    if arguments.out is not None:
        from app.commands._recipe_picture import draw

        draw(outcome, arguments.out)
    if arguments.json:
        print(_json(outcome, saved))
    else:
        for line in lines(outcome, saved, words):
            print(line)
    return 0 if found.is_met else NOT_PROVEN


def _measured(arguments: argparse.Namespace, version: RecipeVersion) -> tuple[Measured, Measured]:
    engine = {"reader.engine": arguments.engine} if arguments.engine else None
    settings = load_settings(arguments=engine)
    share_ok = _files(arguments.ok) / ((_files(arguments.ok) + _files(arguments.ng)) or 1)
    with (
        assembly.open_part_inspector(settings, version, FLOOR) as inspector,
        Progress() as progress,
    ):
        measuring = Measuring(inspector, version.recipe)
        ok = measuring.look(arguments.ok, lambda done: progress.reach(done * share_ok))
        ng = measuring.look(
            arguments.ng, lambda done: progress.reach(share_ok + done * (1 - share_ok))
        )
    if not ok.parts or not ng.parts:
        raise AppError(
            "Of {ok} OK and {ng} NG parts that could be measured nothing can be proven.",
            "Name a folder with good and one with bad parts. First left out: {reason}",
            "calibrate-no-parts",
            ok=len(ok.parts),
            ng=len(ng.parts),
            reason=next((why for _, why in (*ok.left_out, *ng.left_out)), "–"),
        )
    return ok, ng


def _files(folders: Sequence[Path]) -> int:
    """Count roughly, for the time left."""
    return sum(sum(path.is_file() for path in folder.rglob("*")) or 1 for folder in folders)


def _proven(outcome: Outcome) -> Recipe:
    found = outcome.found
    bound = Bound(
        escapes=found.bound,
        confidence=found.asked.confidence,
        ng_parts=found.ng_parts,
        escaped=found.escaped,
        ok_parts=found.ok_parts,
        false_alarms=found.false_alarms,
        reviewed=found.reviewed,
        models=outcome.ng.models,
        at=datetime.now(UTC).replace(microsecond=0),
    )
    recipe = with_thresholds(outcome.version.recipe, found.review, found.score)
    return bound_to(recipe, bound)


def _json(outcome: Outcome, saved: RecipeVersion | None) -> str:
    found = outcome.found
    kinds = (("OK", outcome.ok), ("NG", outcome.ng))
    shown = {
        "recipe": {"name": outcome.version.name, "version": outcome.version.version},
        "proven": found.is_met,
        **asdict(found),
        "models": outcome.ng.models,
        "parts": [
            {"file": part.file, "known": known, "scores": dict(part.scores)}
            for known, measured in kinds
            for part in measured.parts
        ],
        "left_out": [
            {"file": file, "known": known, "reason": why.text(catalogue(system_language()))}
            for known, measured in kinds
            for file, why in measured.left_out
        ],
        "saved": saved.version if saved else None,
    }
    return json.dumps(shown, ensure_ascii=False)
