"""``mingjian relabel STEP …``: hand doubtful and overruled parts on to the next training."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands._progress import Progress
from app.language import Message, catalogue, message, system_language

if TYPE_CHECKING:
    from app.line.relabel import Relabelled
    from app.vocabulary import Record

SOME_LOST = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    listing = steps.add_parser("list", help="list the parts that wait")
    export = steps.add_parser("export", help="write them as a COCO set, which leaves the queue")
    export.add_argument("dest", type=Path, metavar="DEST", help="a new folder for the set")
    for step in (listing, export):
        step.add_argument("--recipe", metavar="RECIPE", default="", help="only parts judged by it")


def run(arguments: argparse.Namespace) -> int:
    """Do one step; 1 where the picture of a part is gone or altered."""
    return {"list": _list, "export": _export}[arguments.step](arguments)


def _list(arguments: argparse.Namespace) -> int:
    from app import assembly
    from app.line.relabel import queue_of
    from app.settings import load_settings

    wanted = queue_of(arguments.recipe)
    with assembly.open_store(load_settings()) as store:
        for record in store.each(**wanted):
            _say(_part(record))
        _say(message("{count} parts wait for relabelling.", count=store.count(**wanted)))
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from app import assembly
    from app.line.relabel import export_coco
    from app.settings import load_settings

    with assembly.open_store(load_settings()) as store, Progress() as progress:
        done = export_coco(store, arguments.dest, arguments.recipe, tell=progress.reach)
    if done is None:
        return SOME_LOST
    if done.exported:
        _say(message("{count} parts are in {folder}.", count=done.exported, folder=arguments.dest))
    else:
        _say(message("No part waits whose picture is fit for training; nothing was written."))
    for said in _notes(done):
        _say(said)
    return SOME_LOST if done.lost else 0


def _notes(done: Relabelled) -> list[Message]:
    notes = (
        (
            done.unjudged,
            message("{count} of them are REVIEW: check their boxes.", count=done.unjudged),
        ),
        (
            done.undrawn,
            message(
                "{count} of them are NG without a box: draw the defects, or the next model "
                "learns to overlook them.",
                count=done.undrawn,
            ),
        ),
        (
            done.unfit,
            message(
                "{count} parts were left out: only a small picture of them was kept, or none.",
                count=done.unfit,
            ),
        ),
        (
            done.lost,
            message(
                "{count} parts were left out: their pictures are gone or altered.", count=done.lost
            ),
        ),
    )
    return [said for count, said in notes if count]


def _part(record: Record) -> Message:
    time = f"{record.saved_at.astimezone():%Y-%m-%d %H:%M:%S}"
    recipe = f"{record.recipe.name} {record.recipe.version}" if record.recipe else ""
    verdict = Message(record.verdict.decision.value)
    if record.overruled is None:
        return message(
            "{time}  {recipe}  {verdict}  {id}",
            time=time,
            recipe=recipe,
            verdict=verdict,
            id=record.id,
        )
    return message(
        "{time}  {recipe}  {verdict}, overruled to {counts}: {reason}  {id}",
        time=time,
        recipe=recipe,
        verdict=verdict,
        counts=Message(record.decision.value),
        reason=record.overruled.reason,
        id=record.id,
    )


def _say(said: Message) -> None:
    print(said.text(catalogue(system_language())), flush=True)
