"""The line at work on the bundled boards, each once, and how its verdicts stand to the truth."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from app import assembly, paths
from app.commands._part_text import part_lines
from app.commands._report import Report
from app.commands._text import DECISIONS
from app.language import Catalogue, Message, message
from app.line import Judged, LineChanged, LineNews, Lock
from app.line.hosting import hosted
from app.settings import load_settings
from app.vocabulary import Decision, Inspection

BELT = "belt:?loop=0&travel=0.3&rest=0.7"
"""Every board once; a part is judged after 0.2 s at rest, so a slow machine has time to spare."""
RECIPE = "pcb"
POLL_S = 0.1

Verdicts = dict[str, Decision]
"""By the name of the part's picture."""


def show_line(out: Path, words: Catalogue) -> tuple[Lock, ...]:
    """Judge and record every bundled board; leave pictures and a summary in ``out``.

    Returns what locked the line, which then judged nothing.
    """
    heard: queue.SimpleQueue[Inspection] = queue.SimpleQueue()
    locks: list[Lock] = []

    def hear(news: LineNews) -> None:
        if isinstance(news, Judged):
            heard.put(news.inspection)
        elif isinstance(news, LineChanged):
            locks.extend(lock for lock in news.locks if lock not in locks)

    settings, verdicts = load_settings(), Verdicts()
    with Report(out) as report:

        def show(inspection: Inspection) -> None:
            print("\n".join(part_lines(inspection, words)), flush=True)
            report.add((inspection,))
            verdicts[Path(inspection.frame.source).name] = inspection.verdict.decision

        with assembly.open_store(settings) as records:
            line, station = assembly.open_line(settings, RECIPE, hear, records=records, source=BELT)
            with hosted(line, station) as ended:
                _take(heard, ended, show)
    truth = _truth()
    print(sentence := _in_short(truth, verdicts).text(words))
    with (out / "summary.md").open("a", encoding="utf-8") as file:
        file.write(compared(truth, verdicts, words, sentence))
    return () if verdicts else tuple(locks)


def compared(
    truth: Mapping[str, Decision], verdicts: Verdicts, words: Catalogue, sentence: str
) -> str:
    """Return verdicts beside the truth as Markdown."""

    def row(*cells: Message | str) -> str:
        return f"| {' | '.join(c if isinstance(c, str) else c.text(words) for c in cells)} |"

    title = message("Verdicts against the truth").text(words)
    head = row(message("File"), message("Truth"), message("Verdict"), "")
    lines = ["", f"## {title}", "", sentence, "", head, "|---|---|---|---|"]
    for name, decision in truth.items():
        verdict = DECISIONS[verdicts[name]] if name in verdicts else "–"
        lines.append(row(name, DECISIONS[decision], verdict, _mark(decision, verdicts.get(name))))
    return "\n".join([*lines, ""])


def _in_short(truth: Mapping[str, Decision], verdicts: Verdicts) -> Message:
    pairs = [(decision, verdicts.get(name)) for name, decision in truth.items()]
    return message(
        "Of {count} parts {right} were judged as they are and {doubtful} need a look; "
        "{escaped} bad ones were called OK.",
        count=len(pairs),
        right=sum(decision is verdict for decision, verdict in pairs),
        doubtful=sum(verdict is Decision.REVIEW for _, verdict in pairs),
        escaped=pairs.count((Decision.NG, Decision.OK)),
    )


def _mark(truth: Decision, verdict: Decision | None) -> str:
    if verdict is Decision.REVIEW:
        return "?"
    return "✓" if verdict is truth else "✗"


def _take(
    heard: queue.SimpleQueue[Inspection],
    ended: threading.Event,
    show: Callable[[Inspection], None],
) -> None:
    while True:
        is_over = ended.is_set()
        try:
            show(heard.get(timeout=POLL_S))
        except queue.Empty:
            if is_over:
                return


def _truth() -> dict[str, Decision]:
    listed = json.loads((paths.resources() / "samples/boards/truth.json").read_text("utf-8"))
    return {str(each["file"]): Decision(each["verdict"]) for each in listed}
