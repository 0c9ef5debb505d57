"""Every action of the line and its key; the digits are those of a two-button keypad, too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.desktop.controls.keyed import KeyedAction
from app.desktop.line.post import Post
from app.language import Message, message
from app.line import LineState

PAUSE, RESUME, START = message("Pause"), message("Go on"), message("Start")
TRIGGER, STEP = message("Judge now"), message("Judge one part")
MUTE, SOUND = message("Sound off"), message("Sound on")


class LineKeys:
    """Actions that call the post; enabled only where they do something."""

    def __init__(self, page: QWidget, post: Post) -> None:
        def key(
            words: Message, keys: list[str], icon: str, done: Callable[[], object] = lambda: None
        ) -> KeyedAction:
            return KeyedAction(page, words, keys, done, icon)

        self._post = post
        self.pause = key(PAUSE, ["Space", "1"], "pause", post.pause_or_go_on)
        self.trigger = key(TRIGGER, ["T", "2"], "step", post.trigger)
        self.overrule = key(message("Overrule"), ["O"], "overrule")
        self.undo = key(message("Undo"), ["Ctrl+Z"], "undo", post.undo)
        self.golden = key(message("Golden parts"), ["G"], "golden")
        self.hold = key(message("Hold NG part"), ["N"], "hold", post.hold_next)
        self.back = key(message("Back to live"), ["Escape"], "back", post.let_go)
        self.chart = key(message("Other chart"), ["C"], "bars")
        self.sound = key(MUTE, ["M"], "sound")
        self.recipes = key(message("Choose a recipe"), ["F3"], "")
        self.sources = key(message("Choose a source"), ["F4"], "")
        self.all = (
            self.pause, self.trigger, self.overrule, self.undo, self.golden, self.hold, self.back,
            self.chart, self.sound, self.recipes, self.sources,
        )  # fmt: skip
        self.in_bar = (
            self.pause, self.trigger, self.overrule, self.golden, self.hold, self.undo, self.chart,
            self.sound,
        )  # fmt: skip

    def follow(self, *, has_sound: bool, is_checking: bool) -> None:
        """Enable what does something now, and name it as it is."""
        post = self._post
        is_paused, is_stopped = post.state is LineState.PAUSED, post.state is LineState.STOPPED
        self.pause.setEnabled(post.may_pause and not is_checking)
        self.pause.say(RESUME if is_paused else START if is_stopped else PAUSE)
        self.pause.show_icon("play" if is_paused or is_stopped else "pause")
        self.trigger.setEnabled(post.may_trigger and not is_checking)
        self.trigger.say(STEP if is_paused else TRIGGER)
        self.overrule.setEnabled(post.in_hand is not None)
        self.undo.setEnabled(bool(post.done))
        self.golden.setEnabled(post.has_golden and post.is_open)
        self.hold.setEnabled(bool(post.parts))
        self.back.setEnabled(post.held is not None or is_checking)
        self.sound.say(MUTE if has_sound else SOUND)
        self.sound.show_icon("sound" if has_sound else "mute")
