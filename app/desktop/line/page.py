"""The line: live picture at the left, verdict and figures at the right, the last NG parts below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.controls.key_bar import KeyBar
from app.desktop.line.chart_box import ChartBox
from app.desktop.line.compare_view import CompareView, Sight
from app.desktop.line.figures import Figures
from app.desktop.line.golden_desk import GoldenDesk
from app.desktop.line.golden_view import GoldenView
from app.desktop.line.keys import LineKeys
from app.desktop.line.live_view import LiveView
from app.desktop.line.ng_strip import NgStrip
from app.desktop.line.overrule_card import OverruleCard
from app.desktop.line.pixels import Part, Room
from app.desktop.line.post import Post
from app.desktop.line.seen import Seen
from app.desktop.line.side_by_side import beside
from app.desktop.line.sound import Chime
from app.desktop.line.top_bar import TopBar
from app.desktop.line.verdict_field import VerdictField
from app.desktop.line.words import face_of, picture_words, sign_of
from app.desktop.look import Look
from app.desktop.timers import resting, ticking
from app.line import LineState
from app.vocabulary import Decision

if TYPE_CHECKING:
    from app.desktop.jobs import Jobs

SETTLE_MS = 120
"""A window being resized asks for pictures of another size once it rests."""
CHART_MS, RATE_MS = 250, 1000
"""How often charts and frame rate are renewed, at most."""
UNSEEN = (LineState.FAULTED, LineState.STOPPED)
"""The last picture of a camera that is gone must not pass for a live one."""
LOWEST = 12
"""Controls of height; in a lower window the verdict has the room of the charts."""


class LinePage(QWidget):
    """Lays out and connects; the post decides. Everything paints what was made ready elsewhere."""

    sound_chosen = Signal(bool)
    """A hand switched the sound, to be remembered."""
    ran = Signal(object, int)
    """Inspection that was judged last, and how many frames were overtaken."""

    def __init__(self, look: Look, post: Post, golden: GoldenDesk, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look, self._post, self._golden, self._jobs = look, post, golden, jobs
        self._halo = ""
        self.has_sound = True
        self.samples = ""
        """Address of the bundled boards, which have a name of their own."""
        self.chime = Chime()
        self.keys = LineKeys(self, post)
        self.top = TopBar(look)
        self.live = LiveView(look)
        self.compare = CompareView(look, self.keys.back)
        self.golden = GoldenView(look, self.keys.back)
        self.verdict = VerdictField(look)
        self.figures = Figures(look)
        self.charts = ChartBox(look)
        self.strip = NgStrip(look)
        self.card = OverruleCard(look, self)
        self._views = QStackedWidget()
        self.bar = KeyBar(look, self.keys.in_bar)
        self._settle = resting(self, SETTLE_MS, self._on_settled)
        self._chart_tick = ticking(self, CHART_MS, self.charts.draw)
        self._rate_tick = ticking(self, RATE_MS, self._follow_rate)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self._connect()
        self._follow_look()
        self._follow()

    @property
    def halo(self) -> str:
        """The colour around the page, by its role; empty where there is none."""
        return self._halo

    # slots

    def mute(self, *, has_sound: bool) -> None:
        """Follow the setting."""
        self.has_sound = has_sound
        self._follow()

    def close_page(self) -> None:
        """End what runs for this page."""
        self._golden.close()
        self.chime.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._post.host.wants_preview = True
        self.charts.open()
        self._chart_tick.start()
        self._rate_tick.start()
        self.setFocus()
        self.charts.draw()
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.charts.setVisible(self.height() >= LOWEST * self._look.theme.px("control"))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        self._post.host.wants_preview = False
        self._chart_tick.stop()
        self._rate_tick.stop()
        self.card.leave()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        if self._halo:
            painter = QPainter(self)
            for edge in self._edges():
                painter.fillRect(edge, self._look.theme.colour(self._halo))
            painter.end()

    # private

    def _lay_out(self) -> None:
        for view in (self.live, self.compare, self.golden):
            self._views.addWidget(view)
        right = QWidget()
        self._right = QVBoxLayout(right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.addWidget(self.verdict, 44)
        self._right.addWidget(self.figures)
        self._right.addWidget(self.charts, 40)
        self._body = QHBoxLayout()
        self._body.addWidget(self._views, 68)
        self._body.addWidget(right, 32)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.top)
        self._column.addLayout(self._body, 1)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.bar)

    def _connect(self) -> None:
        post, keys = self._post, self.keys
        post.changed.connect(self._follow)
        post.judged.connect(self._on_judged)
        post.counted.connect(lambda: self.charts.take(post.tally))
        post.held_changed.connect(self._on_held)
        post.host.previewed.connect(self._on_previewed)
        self._golden.changed.connect(self._follow)
        self.live.sized.connect(self._settle.start)
        self.compare.sized.connect(self._settle.start)
        self.strip.chosen.connect(post.hold)
        self.card.decided.connect(post.overrule)
        keys.overrule.triggered.connect(self._on_overrule)
        keys.golden.triggered.connect(self._golden.start)
        keys.back.triggered.connect(self._golden.put_away)
        keys.chart.triggered.connect(self.charts.show_other)
        keys.sound.triggered.connect(self._on_sound)
        keys.recipes.triggered.connect(self.top.recipes.open)
        keys.sources.triggered.connect(self.top.sources.open)
        self._look.changed.connect(self._follow_look)

    def _follow(self) -> None:
        post, check = self._post, self._golden.check
        view = self.golden if check else self.compare if post.held else self.live
        if self._views.currentWidget() is not view:
            self._views.setCurrentWidget(view)
        if check is not None:
            self.golden.show_check(check)
        face = face_of(post)
        self.verdict.show_face(face)
        self._set_halo(face.tone if face.icon == "verdict-ng" else "")
        self.top.show_sign(sign_of(post, self.samples))
        held = post.held.record_id if post.held else None
        self.strip.show_parts(post.parts, held)
        self.keys.follow(has_sound=self.has_sound, is_checking=check is not None)
        if post.state in UNSEEN:
            self.live.show_shot(None, ())
        self.live.show_words(*picture_words(post.state, post.problem))
        self.figures.show_tally(post.tally)

    def _set_halo(self, role: str) -> None:
        if role != self._halo:
            self._halo = role
            region = QRegion()
            for edge in self._edges():
                region = region.united(QRegion(edge))
            self.update(region)

    def _edges(self) -> tuple[QRect, ...]:
        width, height, halo = self.width(), self.height(), self._look.theme.px("halo")
        return (
            QRect(0, 0, width, halo),
            QRect(0, height - halo, width, halo),
            QRect(0, halo, halo, height - 2 * halo),
            QRect(width - halo, halo, halo, height - 2 * halo),
        )

    def _follow_rate(self) -> None:
        self.top.show_rate(self._post.host.frame_rate())
        if self._post.seen is not None:
            self.ran.emit(self._post.seen.inspection, self._post.host.lost)

    def _follow_look(self) -> None:
        theme = self._look.theme
        page, gap = theme.px("page"), theme.px("gap")
        self._column.setContentsMargins(page, gap + theme.px("tight"), page, gap)
        self._column.setSpacing(theme.px("small"))
        self._body.setSpacing(theme.px("wide"))
        self.charts.setVisible(self.height() >= LOWEST * theme.px("control"))
        self._right.setSpacing(theme.px("small"))
        self._follow()

    def _on_settled(self) -> None:
        room = Room(self.live.room(), self.strip.thumb_room(), self.devicePixelRatioF())
        if room != self._post.host.room:
            self._post.host.room = room
        if self._post.held is not None:
            self._on_held()

    def _on_previewed(self) -> None:
        preview = self._post.host.take_shot()
        if preview is None or self._post.state in UNSEEN:
            return
        self._post.look_at(is_judged=preview.is_judged)
        if self.live.isVisible():
            self.live.show_shot(preview.shot, preview.marks)

    def _on_judged(self, seen: Seen) -> None:
        if seen.verdict.decision is Decision.NG and self.has_sound:
            self._jobs.work(self.chime.play, self._on_played)

    def _on_played(self, has_player: bool) -> None:
        if not has_player:
            QApplication.beep()

    def _on_held(self) -> None:
        part, good = self._post.held, self._post.good
        if part is None:
            return
        room, ratio = self.compare.room(), self.devicePixelRatioF()
        self._jobs.work(lambda: beside(part, good, room, ratio), partial(self._on_made_ready, part))

    def _on_made_ready(self, part: Part, sights: tuple[Sight, Sight]) -> None:
        if self._post.held is part:
            self.compare.show_sights(*sights)

    def _on_overrule(self) -> None:
        record_id = self._post.in_hand
        verdict = self._post.verdict_of(record_id) if record_id is not None else None
        if record_id is not None and verdict is not None:
            self.card.open(record_id, verdict)

    def _on_sound(self) -> None:
        self.mute(has_sound=not self.has_sound)
        self.sound_chosen.emit(self.has_sound)
