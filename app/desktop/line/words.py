"""What the line says: in the verdict's place, in the picture's place, above the picture."""

from __future__ import annotations

from collections.abc import Sequence

from app.desktop.counter.verdict_bar import decision_words
from app.desktop.line.post import Post
from app.desktop.line.sign import Sign
from app.desktop.line.verdict_field import Face
from app.desktop.translation import told, tr
from app.line import LineState, Lock
from app.recipes import Bound, Recipe, RecipeVersion
from app.station import Problem
from app.vocabulary import Decision, EngineMark, Verdict

TONES = {
    Decision.OK: "verdict_ok",
    Decision.NG: "verdict_ng",
    Decision.REVIEW: "verdict_review",
}
ICONS = {
    Decision.OK: "verdict-ok",
    Decision.NG: "verdict-ng",
    Decision.REVIEW: "verdict-review",
}
HELD = "verdict_held"
JUDGING = (LineState.RUNNING, LineState.WAITING, LineState.PAUSED)
"""While paused a single step may be judged."""


def face_of(post: Post) -> Face:
    """Return what the verdict field shows: a verdict only while one stands."""
    seen = post.seen
    if seen is None or post.state not in JUDGING:
        return state_face(post.state, post.locks, post.problem)
    overruled = post.overruled.get(seen.judged.record_id)
    badges = [tr("the part before")] if post.is_past else []
    if post.state is LineState.PAUSED:
        badges.append(tr("paused"))
    return verdict_face(seen.verdict, overruled, badges)


def sign_of(post: Post, samples: str) -> Sign:
    """Return what stands above the picture."""
    version, line = post.version, post.host.line
    bound = line.bound if line is not None else None
    recipe = version.recipe if version else None
    return Sign(
        recipe=post.recipe_name,
        recipe_words=recipe_words(version) if version else "",
        bound=bound_words(recipe, bound, has_run=post.engine is not None),
        has_bound=bound is not None,
        address=post.address,
        source_words=tr("Sample boards") if post.address.partition("?")[0] == samples else "",
        engine=engine_words(post.engine),
        engine_hint=engine_hint(post.engine),
        is_fallback=post.engine is not None and post.engine.is_fallback,
        state=post.state,
    )


def state_words(state: LineState) -> str:
    """Say what the line is doing."""
    return {
        LineState.STARTING: tr("starting"),
        LineState.RUNNING: tr("running"),
        LineState.WAITING: tr("waiting for a part"),
        LineState.PAUSED: tr("paused"),
        LineState.LOCKED: tr("locked"),
        LineState.FAULTED: tr("out of order"),
        LineState.STOPPED: tr("stopped"),
    }[state]


def state_face(state: LineState, locks: tuple[Lock, ...], problem: Problem | None) -> Face:
    """Return what stands in the verdict's place while no verdict does."""
    match state:
        case LineState.PAUSED:
            return Face(HELD, "pause", tr("Paused"), (tr("Space goes on, T judges one part."),))
        case LineState.LOCKED:
            lines = (f"{told(locks[0].message)}\n{told(locks[0].hint)}",) if locks else ()
            return Face(HELD, "lock", tr("Locked"), lines)
        case LineState.FAULTED:
            lines = (f"{told(problem.what)}\n{told(problem.hint)}",) if problem else ()
            return Face(HELD, "fault", tr("Fault"), lines)
        case LineState.RUNNING | LineState.WAITING:
            return Face(HELD, "waiting", tr("Waiting"), (tr("for the next part"),))
        case LineState.STOPPED:
            lines = (f"{told(problem.what)}\n{told(problem.hint)}",) if problem else ()
            return Face(HELD, "fault" if problem else "ring", tr("Stopped"), lines)
    return Face(HELD, "glance", tr("Starting"), (tr("The model is being loaded."),))


def verdict_face(verdict: Verdict, overruled: Decision | None, badges: Sequence[str] = ()) -> Face:
    """Return what a verdict looks like; the inspector's word goes before it."""
    decision = overruled or verdict.decision
    lines = [told(reason.message) for reason in verdict.reasons]
    if verdict.decision is Decision.OK:
        lines = [tr("No defect found.")]
    if overruled is not None:
        was = decision_words(verdict.decision)
        badges = [tr("overruled, was {verdict}").format(verdict=was), *badges]
    word = decision_words(decision)
    return Face(TONES[decision], ICONS[decision], word, tuple(lines), " · ".join(badges))


def bound_words(recipe: Recipe | None, bound: Bound | None, *, has_run: bool) -> str:
    """Say the bound that the line runs under, and honestly that there is none."""
    if recipe is None:
        return ""
    if bound is not None:
        words = tr("bound: escapes < {escapes} ({confidence})")
        return words.format(escapes=f"{bound.escapes:.2%}", confidence=f"{bound.confidence:.0%}")
    if recipe.bound is None:
        return tr("no bound: calibrate")
    if has_run:
        return tr("no bound for this model: calibrate")
    return tr("bound: known with the first part")


def engine_words(mark: EngineMark | None) -> str:
    """Say what really ran; nothing before anything did."""
    if mark is None or not mark.engine:
        return ""
    device = mark.device.upper().replace(":", " ")
    return tr("{device}, not the NPU").format(device=device) if mark.is_fallback else device


def engine_hint(mark: EngineMark | None) -> str:
    """Say by which runtime, and why there."""
    if mark is None:
        return ""
    return " · ".join([mark.engine, *([told(mark.note)] if mark.note else [])])


def recipe_words(version: RecipeVersion) -> str:
    """Name a recipe and its version."""
    return f"{version.recipe.title or version.name} v{version.version}"


def picture_words(state: LineState, problem: Problem | None) -> tuple[str, str, str]:
    """Return icon, words and hint for where there is no picture."""
    if state is LineState.STARTING:
        return "glance", tr("Getting ready …"), tr("The model is being loaded.")
    if problem is not None:
        return "fault", told(problem.what), told(problem.hint)
    if state is LineState.STOPPED:
        return "camera", tr("Choose where pictures come from"), tr("F4 lists what is connected.")
    return "camera", tr("Waiting for the camera"), ""
