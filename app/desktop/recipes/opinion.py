"""What the recipe in work makes of the part in sight, at once: no model is needed for it."""

from __future__ import annotations

from dataclasses import dataclass

from app.desktop.counter.verdict_bar import ICONS, TONES, VerdictBar, decision_words
from app.desktop.recipes.canvas import Canvas
from app.desktop.recipes.fates import fated
from app.desktop.recipes.form import RecipeForm
from app.desktop.recipes.kinds_table import OTHERS, kind_title
from app.desktop.recipes.marks import Square
from app.desktop.recipes.outcome import judged
from app.desktop.recipes.packs import AtHand
from app.desktop.recipes.sight import Sight
from app.desktop.translation import told, tr
from app.language import Message, message
from app.recipes import Recipe, check
from app.vocabulary import Verdict

BESIDE_REASONS = 14
"""Heights of a letter that icon, word and button take beside the reasons."""
FILLED = 1.7
"""Lines, of two, that words fill at least before they break."""


@dataclass(slots=True)
class Opinion:
    """Shows it on the part, in the verdict and beside the fields."""

    canvas: Canvas
    verdict: VerdictBar
    form: RecipeForm
    sight: Sight
    at_hand: AtHand

    def show(self, recipe: Recipe) -> None:
        """Show everything that follows from a recipe."""
        self._judge(recipe)
        self.show_squares(recipe)
        self.form.show_faults(self.faults(recipe))

    def show_squares(self, recipe: Recipe) -> None:
        """Show the smallest sizes, the one of the kind in hand first."""
        kind = self.form.limits.kind
        kinds = dict.fromkeys((kind, OTHERS, *recipe.defects))
        self.canvas.show_squares(
            [
                Square(limits.smallest, f"{kind_title(each)} ≥ {limits.smallest}", each == kind)
                for each in kinds
                if (limits := recipe.limits(each)).smallest > 0
            ]
        )

    def faults(self, recipe: Recipe) -> tuple[Message, ...]:
        """Return what is wrong with a recipe, for the packs and the part that are there."""
        part, labels = self.sight.part, self.at_hand.labels.get(recipe.pack)
        size = part.levels.size if part is not None else None
        faults = check(recipe, labels or tuple(recipe.defects), size)
        if labels is None and self.at_hand.labels:
            return (message("There is no detector “{pack}” here.", pack=recipe.pack), *faults)
        return faults

    def _judge(self, recipe: Recipe) -> None:
        reading = self.sight.reading
        if self.sight.fault is not None:
            self.canvas.show_found((), ())
            self.verdict.show_words("review", "read", "", told(self.sight.fault))
            return
        if reading is None:
            self.canvas.show_found((), ())
            words = tr("The model is looking …") if self.sight.part else tr("No part in sight")
            self.verdict.show_words("waiting", "plain", "", words)
            return
        found = fated(reading.detections, recipe)
        words_of = [f"{kind_title(f.detection.label)} {f.detection.score:.2f}" for f in found]
        self.canvas.show_found(found, words_of)
        self.form.show_light(reading.light)
        self._show_verdict(judged(reading, recipe))

    def _show_verdict(self, verdict: Verdict) -> None:
        decision = verdict.decision
        said = [told(reason.message) for reason in verdict.reasons]
        self.verdict.setToolTip("\n".join(said))
        reasons = self._in_two_lines(said)
        words = decision_words(decision)
        self.verdict.show_words(ICONS[decision], TONES[decision], words, reasons)

    def _in_two_lines(self, reasons: list[str]) -> str:
        """Name as many reasons as have room: the picture must not jump with every step."""
        metrics = self.verdict.fontMetrics()
        room = FILLED * (self.verdict.width() - metrics.height() * BESIDE_REASONS)
        for count in range(len(reasons), 0, -1):
            said = reasons[:count]
            if count < len(reasons):
                said = [*said, tr("and {n} more").format(n=len(reasons) - count)]
            if metrics.horizontalAdvance("  ".join(said)) <= room:
                return "  ".join(said)
        return "".join(reasons[:1])
