"""What is told of a recorded part: what was found on it, and why it was judged so."""

from __future__ import annotations

from collections import Counter

from app.desktop.counter.verdict_bar import decision_words
from app.desktop.recipes.fates import Fate, Fated
from app.desktop.records.table import recipe_words
from app.desktop.translation import told, tr
from app.judgement.defects import defect_title
from app.vocabulary import Decision, Record

Row = tuple[str, str, str]
"""Title, words, role of the words."""


def found_rows(record: Record) -> list[Row]:
    """Tell every detection: what, how certain, where and how large."""
    return [
        (
            told(defect_title(each.label)),
            tr("{score} · {width} × {height} pixels at {left}, {top}").format(
                score=f"{each.score:.2f}",
                width=round(each.box[2] - each.box[0]),
                height=round(each.box[3] - each.box[1]),
                left=round(each.box[0]),
                top=round(each.box[1]),
            ),
            "",
        )
        for each in sorted(record.reading.detections, key=lambda each: -each.score)
    ]


def overrule_rows(record: Record) -> list[Row]:
    """Tell the inspector's word, if there is one."""
    word = record.overruled
    if word is None:
        return []
    at = word.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return [
        (tr("Overruled"), f"{decision_words(word.decision)} · {word.reason}", ""),
        ("", at, "small"),
    ]


def recipe_rows(record: Record) -> list[Row]:
    """Tell the recipe, its hash, and how the part was lit."""
    rows: list[Row] = []
    if record.recipe is not None:
        rows.append((tr("Recipe"), recipe_words(record.recipe), ""))
        rows.append(("", record.recipe.sha256[:12], "mono"))
    if (light := record.reading.light) is not None:
        words = tr("brightness {brightness}, contrast {contrast}, sharpness {sharpness}")
        lit = words.format(
            brightness=f"{light.brightness:.0f}",
            contrast=f"{light.contrast:.0f}",
            sharpness=f"{light.sharpness:.2g}",
        )
        rows.append((tr("Light on the part"), lit, "small"))
    return rows


def found_on(record: Record) -> tuple[tuple[Fated, ...], tuple[str, ...]]:
    """Return what was found as the verdict then took it, each with its words."""
    certain = {
        reason.field: dict(reason.message.values).get("count", 0)
        for reason in record.verdict.reasons
        if reason.code == "defect"
    }
    doubtful = {reason.field for reason in record.verdict.reasons}
    is_ng = record.verdict.decision is Decision.NG
    seen: Counter[str] = Counter()
    found = []
    # The reason counts the certain ones of a kind, and these are the strongest.
    for each in sorted(record.reading.detections, key=lambda each: -each.score):
        seen[each.label] += 1
        is_certain = seen[each.label] <= int(str(certain.get(each.label, 0)))
        doubt = Fate.REVIEW if each.label in doubtful else Fate.TOLERATED
        found.append(Fated(each, Fate.NG if is_ng and is_certain else doubt))
    words = (f"{told(defect_title(f.detection.label))} {f.detection.score:.2f}" for f in found)
    return tuple(found), tuple(words)
