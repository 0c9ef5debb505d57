"""Nothing is clipped and nothing overlaps, at any text size and in either language."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from app.desktop.controls.chooser import Choice, Chooser
from app.desktop.controls.keyed import KeyedButton
from app.vocabulary import Field, Proof
from desktop.conftest import MakeClerk
from desktop.window_parts import Clerk, card, quad, sure, with_field

SIZES = (1.0, 1.25, 1.5, 2.0)
LANGUAGES = ("zh_CN", "en")


def shown(clerk: Clerk, size: float) -> Clerk:
    clerk.window.resize(1366, 768)
    clerk.application.look.wear("light", size)
    clerk.capture()
    for _ in range(3):
        clerk.qt.processEvents()
    return clerk


def parts(row: QWidget) -> list[QWidget]:
    children = [child for child in row.children() if isinstance(child, QWidget)]
    return [child for child in children if child.isVisible() and not child.size().isEmpty()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_window_fits_the_smallest_screen(
    make_clerk: MakeClerk, size: float, language: str
) -> None:
    clerk = shown(make_clerk(card(), language=language), size)
    assert (clerk.window.width(), clerk.window.height()) == (1366, 768)
    hint = clerk.window.centralWidget().minimumSizeHint()
    assert hint.width() <= 1366
    assert hint.height() <= 768


@pytest.mark.parametrize("size", SIZES)
def test_the_parts_of_a_field_stay_within_its_row_and_never_overlap(
    make_clerk: MakeClerk, size: float
) -> None:
    long = "内蒙古自治区鄂尔多斯市鄂托克前旗敖勒召其镇巴音希泊日社区一百二十三号楼四单元五零六室"
    address = Field("address", long, Proof.READ, 0.99, quad(150, 240, 360, 120), sure(long))
    clerk = shown(make_clerk(with_field(card(), address), language="en"), size)
    for row in clerk.counter.form.rows:
        for part in parts(row):
            assert row.rect().contains(part.geometry()), (row.name, part)
        for one, other in combinations(parts(row), 2):
            common: QRect = one.geometry() & other.geometry()
            assert common.isEmpty(), (row.name, one, other)


@pytest.mark.parametrize("size", SIZES)
def test_a_value_is_shown_whole(make_clerk: MakeClerk, size: float) -> None:
    clerk = shown(make_clerk(card()), size)
    for row in clerk.counter.form.rows:
        assert row.value.document().size().height() <= row.value.height() + 1
        assert row.value.document().idealWidth() <= row.value.width() + 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_every_key_of_the_bar_is_in_sight_however_large_the_letters(
    make_clerk: MakeClerk, size: float, language: str
) -> None:
    clerk = shown(make_clerk(card(), language=language), size)
    bars = clerk.counter.keys.in_bar
    found = [b for b in buttons(clerk) if b.isVisible()]
    assert len(found) >= len(bars)
    for button in found:
        corner = button.mapTo(clerk.window, button.rect().bottomRight())
        assert clerk.window.rect().contains(corner)
        assert button.width() >= button.sizeHint().width()


def buttons(clerk: Clerk) -> list[KeyedButton]:
    found: list[KeyedButton] = list(clerk.counter.findChildren(KeyedButton))
    return found


def test_the_field_in_hand_is_scrolled_into_sight(make_clerk: MakeClerk) -> None:
    number = Field("id_number", "11010519960615613", Proof.CONFLICT, 0.4, quad(250, 340, 340))
    clerk = shown(make_clerk(with_field(card("王伟", ()), number)), 2.0)
    form, row = clerk.counter.form, clerk.row("id_number")
    assert clerk.hand() == "id_number"
    top = row.mapTo(form.viewport(), row.rect().topLeft()).y()
    assert 0 <= top < form.viewport().height() - row.value.height()


def test_a_chooser_opens_below_its_button_and_tells_what_was_picked(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk()
    chooser = Chooser(clerk.application.look, clerk.counter)
    chooser.offer([Choice("a", "一"), Choice("b", "二", starts_group=True)])
    chooser.show_value("a")
    picked: list[object] = []
    chooser.chosen.connect(picked.append)
    chooser.show()
    chooser.open()
    menu = clerk.qt.activePopupWidget()
    actions = [action for action in menu.actions() if not action.isSeparator()]
    assert [action.text() for action in actions] == ["一", "二"]
    actions[1].trigger()
    menu.close()
    assert picked == ["b"]
    assert chooser.text() == "一"
