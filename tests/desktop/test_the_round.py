"""The whole round at the counter, without a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app import assembly
from app.desktop.counter.pixels import Sizes
from app.vocabulary import Decision, Field, Proof, Reading
from desktop.conftest import MakeClerk
from desktop.window_parts import NUMBER, Clerk, card, doubtful, sure, with_field

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


def selected(clerk: Clerk, name: str) -> str:
    return clerk.row(name).value.textCursor().selectedText()


def is_pictured(clerk: Clerk) -> bool:
    return clerk.counter.picture.has_sheet


def test_a_doubtful_character_is_put_right_by_one_digit_and_the_record_is_kept(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    assert clerk.hand() == "name"
    assert selected(clerk, "name") == "喆"
    assert [c.text for c in clerk.row("name").choices.choices] == ["喆", "哲", "詰"]
    clerk.press("2", ENTER)
    clerk.until(lambda: clerk.desk.last is not None)
    (record,) = clerk.records()
    name = record.reading.field("name")
    assert (name.value, name.corrected_from) == ("李哲", "李喆")
    assert record.confirmed == {"name"}
    assert record.verdict.decision is Decision.OK


def test_what_is_proven_or_certain_is_skipped_and_a_sound_document_takes_one_key(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card("王伟", ()))
    clerk.capture()
    assert clerk.hand() is None
    clerk.press(ENTER)
    clerk.until(lambda: clerk.desk.last is not None)
    (record,) = clerk.records()
    assert record.confirmed == frozenset()


def test_once_kept_personal_values_are_masked_and_their_pixels_are_gone(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card("王伟", ()))
    clerk.capture()
    assert clerk.value("id_number") == NUMBER
    assert is_pictured(clerk)
    clerk.press(ENTER)
    clerk.until(lambda: clerk.desk.last is not None)
    assert clerk.value("id_number") == "1101**********6135"
    assert clerk.value("sex") == "男"
    assert not is_pictured(clerk)
    assert not clerk.row("id_number").has_pixels


def test_undo_withdraws_the_last_record_and_lays_the_form_back(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press("2", ENTER)
    clerk.until(lambda: clerk.desk.last is not None)
    clerk.press("Ctrl+Z")
    clerk.until(lambda: clerk.desk.slip is not None)
    assert clerk.records() == []
    assert clerk.value("name") == "李哲"
    assert clerk.hand() == "name"
    clerk.press(ESC)
    assert clerk.value("name") == "李喆"
    clerk.press(ENTER)
    clerk.until(lambda: clerk.desk.slip is None)
    (record,) = clerk.records()
    assert record.reading.field("name").value == "李喆"


def test_typing_replaces_the_doubtful_character_and_esc_takes_it_back(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press("X")
    assert clerk.value("name") == "李X"
    clerk.press("1")
    assert clerk.value("name") == "李X1"
    clerk.press(ESC)
    assert clerk.value("name") == "李喆"


def test_a_doubtful_digit_is_its_own_key(make_clerk: MakeClerk) -> None:
    wrong = NUMBER[:5] + "9" + NUMBER[6:]
    field = Field("id_number", wrong, Proof.CONFLICT, 0.4, None, doubtful(wrong, 5, "6"))
    clerk = make_clerk(with_field(card("王伟", ()), field))
    clerk.capture()
    assert clerk.hand() == "id_number"
    assert selected(clerk, "id_number") == "9"
    clerk.press("5")
    assert clerk.value("id_number") == NUMBER
    assert clerk.row("id_number").badge.sign == Proof.PROVEN


def test_enter_goes_from_one_doubtful_field_to_the_next_and_esc_goes_back(
    make_clerk: MakeClerk,
) -> None:
    address = Field("address", "北京巾", Proof.READ, 0.4, None, sure("北京") + sure("巾"))
    clerk = make_clerk(with_field(card(), address))
    clerk.capture()
    clerk.press(ENTER)
    assert clerk.hand() == "address"
    assert clerk.row("name").badge.sign == "hand"
    clerk.press(ESC)
    assert clerk.hand() == "name"
    clerk.press(ENTER, ENTER)
    clerk.until(lambda: clerk.desk.last is not None)
    (record,) = clerk.records()
    assert record.confirmed == {"name", "address"}


def test_arrows_reach_a_certain_field_and_a_change_there_is_recorded(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card("王伟", ()))
    clerk.capture()
    clerk.press(DOWN)
    assert clerk.hand() == "name"
    clerk.press("明", ENTER)
    clerk.until(lambda: clerk.desk.last is not None)
    (record,) = clerk.records()
    assert record.reading.field("name").value == "王伟明"
    assert record.reading.field("name").corrected_from == "王伟"


def test_what_is_not_recognised_says_what_to_do_and_gives_way_to_the_next_picture(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(Reading(), card("王伟", ()))
    clerk.capture()
    assert [key for key, _ in clerk.counter.how_to.steps] == ["F2", "F3", "F5"]
    assert clerk.counter.form.rows == ()
    clerk.press(ENTER)
    clerk.until(lambda: clerk.desk.round is not None and clerk.desk.round.is_recognised)
    assert clerk.desk.count == 1


def test_several_documents_on_a_page_are_gone_through_one_by_one(make_clerk: MakeClerk) -> None:
    clerk = make_clerk((card("王伟", ()), card("李娜", ())))
    clerk.capture()
    assert clerk.desk.count == 2
    clerk.press(Qt.Key.Key_PageDown)
    assert clerk.value("name") == "李娜"
    clerk.press(ENTER)
    clerk.until(lambda: clerk.desk.count == 1)
    assert clerk.value("name") == "王伟"
    clerk.press(ENTER)
    clerk.until(lambda: clerk.desk.count == 0)
    assert len(clerk.records()) == 2


def test_f2_reads_the_turned_page_in_the_place_of_the_old_one(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press(Qt.Key.Key_F2)
    clerk.until(lambda: len(clerk.reader.shapes) == 2)
    clerk.until(lambda: not clerk.application.intake.is_reading)
    assert clerk.reader.shapes == [(420, 640, 3), (640, 420, 3)]
    assert clerk.desk.count == 1


def test_f3_names_the_kind_and_reads_the_page_in_hand_again(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press(Qt.Key.Key_F3)
    clerk.until(lambda: len(clerk.reader.kinds) == 2)
    assert clerk.reader.kinds[0] is None
    assert clerk.reader.kinds[1] == clerk.application.intake.kind
    clerk.until(lambda: not clerk.application.intake.is_reading)
    assert clerk.desk.count == 1
    assert selected(clerk, "name") == "喆"


def test_a_document_put_away_comes_back_by_undo(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press(Qt.Key.Key_F8)
    assert clerk.desk.slip is None
    clerk.press("Ctrl+Z")
    assert clerk.value("name") == "李喆"
    assert clerk.records() == []


def test_what_a_hand_has_begun_is_kept_when_the_window_closes(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press("2")
    clerk.window.close()
    with assembly.open_store(clerk.application.settings) as store:
        (record,) = store.find()
    assert record.reading.field("name").value == "李哲"
    assert record.confirmed == frozenset()


def test_a_window_resized_while_a_record_is_kept_does_not_leave_the_document_behind(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card("王伟", ()))
    clerk.capture()
    clerk.desk.resize(Sizes(page=(300, 300)))
    clerk.press(ENTER)
    clerk.until(lambda: clerk.desk.last is not None)
    assert clerk.desk.slip is None
    assert len(clerk.records()) == 1


def test_a_record_brought_back_and_only_looked_at_counts_again_when_the_window_closes(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press("2", ENTER)
    clerk.until(lambda: clerk.desk.last is not None)
    clerk.press("Ctrl+Z")
    clerk.until(lambda: clerk.desk.slip is not None)
    clerk.window.close()
    with assembly.open_store(clerk.application.settings) as store:
        (record,) = store.find()
    assert record.confirmed == {"name"}


def test_the_cursor_is_back_in_the_field_when_the_page_comes_into_sight_again(
    make_clerk: MakeClerk,
) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.press("Ctrl+3", "Ctrl+1", "3")
    assert clerk.value("name") == "李詰"


def test_closing_in_the_moment_of_keeping_keeps_the_document_once(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.desk.pick(1, "哲")
    clerk.desk.confirm()
    assert clerk.desk.is_busy
    clerk.window.close()
    with assembly.open_store(clerk.application.settings) as store:
        assert len(store.find()) == 1
