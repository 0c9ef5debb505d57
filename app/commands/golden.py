"""``mingjian golden STEP …``: judge known good and known bad parts before a shift."""

from __future__ import annotations

import argparse
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands._progress import Progress
from app.errors import AppError
from app.language import Message, catalogue, message, system_language

if TYPE_CHECKING:
    from app.recipes import RecipeVersion
    from app.vocabulary import GoldenPart, GoldenRun

NOT_PASSED = 1
RECIPE = "name of the recipe; else the line's"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    steps.add_parser("list", help="list the sets of golden parts, and their last run")
    add = steps.add_parser("add", help="copy pictures of known parts into a set")
    add.add_argument("parts", metavar="SET", help="name of the set")
    add.add_argument("kind", choices=("good", "bad"), help="what the parts are known to be")
    add.add_argument(
        "pictures", nargs="+", type=Path, metavar="PICTURES", help="pictures, or folders of them"
    )
    run = steps.add_parser("run", help="judge every part of a set and record the outcome")
    run.add_argument("parts", nargs="?", metavar="SET", help="name of the set; else the recipe's")
    run.add_argument("--recipe", metavar="RECIPE", help=RECIPE)


def run(arguments: argparse.Namespace) -> int:
    """Do one step; 1 where a part of the set was not judged as it must be."""
    return {"list": _list, "add": _add, "run": _run}[arguments.step](arguments)


def _list(_: argparse.Namespace) -> int:
    from app import assembly
    from app.line.golden import count_parts, golden_sets
    from app.settings import load_settings

    with assembly.open_store(load_settings()) as store:
        runs = store.golden_runs(limit=1000)
    for name in golden_sets():
        good, bad = count_parts(name)
        _say(message("{name}: {good} good, {bad} bad", name=name, good=good, bad=bad))
        if last := next((each for each in runs if each.parts == name), None):
            _say(_last(last))
    if not golden_sets():
        _say(message("There are no golden parts yet: mingjian golden add SET good PICTURES…"))
    return 0


def _add(arguments: argparse.Namespace) -> int:
    from app.line.golden import add_golden, count_parts

    added = add_golden(arguments.parts, arguments.kind, arguments.pictures)
    good, bad = count_parts(arguments.parts)
    _say(message("{count} pictures are new in the set.", count=len(added)))
    _say(message("{name}: {good} good, {bad} bad", name=arguments.parts, good=good, bad=bad))
    return 0


def _run(arguments: argparse.Namespace) -> int:
    from app import assembly
    from app.line.golden import GoldenSet, run_golden
    from app.settings import load_settings

    settings = load_settings()
    version = _version(arguments.recipe or settings.line.recipe)
    parts = GoldenSet.load(arguments.parts or _set_of(version))
    with assembly.open_part_inspector(settings, version) as inspector, Progress() as progress:

        def tell(part: GoldenPart, done: float) -> None:
            with progress.aside():
                _say(_judged(part))
            progress.reach(done)

        outcome = run_golden(inspector, parts, tell=tell)
    if outcome is None:
        return NOT_PASSED
    with assembly.open_store(settings) as store:
        store.keep_golden(outcome)
    _say(_outcome(outcome))
    return 0 if outcome.passed else NOT_PASSED


def _version(name: str) -> RecipeVersion:
    from app.recipes import Shelf

    shelf = Shelf()
    return shelf.load(name or shelf.names()[0])


def _set_of(version: RecipeVersion) -> str:
    name = version.recipe.golden.parts
    if not name:
        raise AppError(
            "The recipe “{recipe}” asks for no golden parts.",
            "Name a set: mingjian golden run SET; “mingjian golden list” shows those there are.",
            "golden-none",
            recipe=version.name,
        )
    return name


def _judged(part: GoldenPart) -> Message:
    decision, expected = Message(part.decision.value), Message(part.expected.value)
    if part.passed:
        return message("{file}: {decision}, as it must be", file=part.file, decision=decision)
    said = message(
        "{file}: {decision}, must be {expected}",
        file=part.file,
        decision=decision,
        expected=expected,
    )
    if not part.reasons:
        return said
    why = reduce(lambda one, next_: message("{one}; {next}", one=one, next=next_), part.reasons)
    return message("{said}: {why}", said=said, why=why)


def _outcome(run: GoldenRun) -> Message:
    count = len(run.results)
    if run.passed:
        return message("Passed: all {count} golden parts.", count=count)
    wrong = sum(not part.passed for part in run.results)
    return message(
        "Not passed: {wrong} of {count} golden parts were not judged as they must be.",
        wrong=wrong,
        count=count,
    )


def _last(run: GoldenRun) -> Message:
    return message(
        "  last run {time}, {recipe} {version}: {outcome}",
        time=f"{run.at.astimezone():%Y-%m-%d %H:%M}",
        recipe=run.recipe.name,
        version=run.recipe.version,
        outcome=_outcome(run),
    )


def _say(said: Message) -> None:
    print(said.text(catalogue(system_language())), flush=True)
