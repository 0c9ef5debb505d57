"""What each step of ``mingjian model`` does with its words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.commands._progress import Progress
from app.engine._pack import ModelPack, load_pack
from app.errors import AppError
from app.toolchain.detector import evaluate as evaluation
from app.toolchain.detector import pack as packing
from app.toolchain.detector import speed as speeds
from app.toolchain.detector.course import Course
from app.toolchain.detector.course import Progress as News
from app.toolchain.detector.design import Design, ExportNote
from app.toolchain.detector.export import NOTE
from app.toolchain.detector.export import export as export_weights
from app.toolchain.detector.prune import PRUNED, Pruning
from app.toolchain.detector.prune import prune as prune_weights
from app.toolchain.detector.samples import read_folder, read_picture
from app.toolchain.detector.train import train as go_through


def train(arguments: argparse.Namespace, progress: Progress) -> None:
    """Train, or go on with it."""
    labels = read_folder(arguments.data).labels
    design = Design(labels=labels, channels=arguments.channels)
    course = _course(arguments, arguments.start)
    go_through(replace(course, design=design), _Telling(progress))


def prune(arguments: argparse.Namespace, progress: Progress) -> None:
    """Prune once, then fine-tune, or go on with it."""
    pruned = arguments.out / PRUNED
    if not pruned.exists():
        done = prune_weights(
            Pruning(
                weights=arguments.weights,
                data=arguments.data,
                out=arguments.out,
                held_out=tuple(arguments.held_out),
                keep=arguments.keep,
                criterion=arguments.criterion,
                multiple=arguments.multiple,
                crops=arguments.trial,
                crop=arguments.crop,
                device=arguments.device,
            ),
            progress.reach,
        )
        for name, (left, before) in done.kept.items():
            _say(f"{name}: {left} of {before} channels")
        _say(f"{100 * done.share:.1f} % of the work is left")
    course = _course(arguments, pruned)
    go_through(replace(course, teacher=arguments.teacher or arguments.weights), _Telling(progress))


def export(arguments: argparse.Namespace, _progress: Progress) -> None:
    """Export and say by how much the runtimes differ."""
    done = export_weights(arguments.weights, arguments.out, tuple(arguments.size))
    _say(f"{done.onnx}: differs by {done.onnx_difference:.2g} from the trained network")
    _say(f"{done.paddle}: differs by {done.paddle_difference:.2g} from the trained network")


def evaluate(arguments: argparse.Namespace, progress: Progress) -> None:
    """Measure and print; write the figures where asked."""
    pack = _open(arguments.pack)
    data = read_folder(arguments.data)
    _, chosen = data.split(arguments.groups)
    samples = chosen or data.samples
    if data.labels != pack.labels():
        raise AppError(
            "The pack knows {pack}, the data {data}.",
            "Choose data with the labels of the pack, in the same order.",
            "evaluate-labels",
            pack=", ".join(pack.labels()),
            data=", ".join(data.labels),
        )
    seen, engine = evaluation.look(pack, samples, arguments.threads, progress.reach)
    result = evaluation.judge(pack, samples, seen, engine)
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        text = evaluation.to_json(result)
        (arguments.out / "evaluation.json").write_text(text, encoding="utf-8")
        evaluation.write_curves(arguments.out, pack.labels(), seen)
    _say(evaluation.table(result))


def speed(arguments: argparse.Namespace, progress: Progress) -> None:
    """Measure packs turn about and print the table."""
    packs = [_open(folder) for folder in arguments.packs]
    samples = read_folder(arguments.data).samples
    chosen = samples[:: max(1, len(samples) // arguments.pictures)][: arguments.pictures]
    pictures = [read_picture(sample.path, "bgr") for sample in chosen]
    measured = speeds.measure(packs, pictures, arguments.threads, arguments.rounds, progress.reach)
    _say(speeds.table(measured, arguments.threads))


def pack(arguments: argparse.Namespace, _progress: Progress) -> None:
    """Write a pack."""
    told = arguments.evaluation
    result = evaluation.from_json(told.read_text(encoding="utf-8")) if told else None
    score = arguments.score or (result.threshold if result else 0.3)
    note = (arguments.exported / NOTE).read_text(encoding="utf-8")
    exported = ExportNote.model_validate_json(note)
    folder = packing.write(
        packing.Contents(
            name=arguments.name,
            version=arguments.version,
            licence=arguments.licence,
            design=exported.design,
            size=exported.size,
            onnx=arguments.exported / "model.onnx",
            score=score,
            about=arguments.about.read_text(encoding="utf-8").strip() if arguments.about else "",
        ),
        arguments.out,
        result,
    )
    _say(str(folder))


class _Telling:
    """Turns the news of a course into lines and a bar."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self, news: News) -> None:
        losses = " ".join(f"{name} {value:.3f}" for name, value in news.parts.items())
        minutes = news.seconds_left / 60
        with self._progress.aside():
            _say(f"step {news.step} of {news.steps} · {losses} · {minutes:.1f} min left")
            if news.scores:
                mean = 100 * sum(news.scores.values()) / len(news.scores)
                each = " ".join(f"{name} {100 * s:.1f}" for name, s in news.scores.items())
                _say(f"held out: mAP at IoU 0.33 {mean:.2f} % ({each})")
        self._progress.reach(news.step / news.steps)


def _course(arguments: argparse.Namespace, start: Path | None) -> Course:
    data = read_folder(arguments.data)
    learnt, _ = data.split(arguments.held_out)
    if not learnt:
        raise AppError(
            "No labelled picture in {folder} is left to learn from.",
            "Add pictures, or hold fewer of them out.",
            "data-nothing-left",
            folder=arguments.data,
        )
    return Course(
        data=arguments.data,
        out=arguments.out,
        start=start,
        more=tuple(arguments.more),
        held_out=tuple(arguments.held_out),
        opposites=_opposites(arguments.opposites, data.labels),
        device=arguments.device,
        processes=arguments.processes,
        steps=arguments.steps,
        batch=arguments.batch,
        crop=arguments.crop,
        rate=arguments.rate,
        seed=arguments.seed,
        keep_every=arguments.keep_every,
        score_every=arguments.score_every,
    )


def _opposites(words: Sequence[str], labels: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = tuple((one, other) for one, _, other in (word.partition("=") for word in words))
    named = sorted(label for pair in pairs for label in pair)
    if pairs and named != sorted(labels):
        raise AppError(
            "The opposites name {named}, the labels are {labels}.",
            "Name every label once, as in open=short.",
            "train-opposites",
            named=", ".join(named),
            labels=", ".join(sorted(labels)),
        )
    return pairs


def _open(folder: Path) -> ModelPack:
    return load_pack(folder.resolve().name, folder.resolve().parent)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
