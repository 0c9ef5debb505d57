"""Known parts must be judged as they must be; whatever is not seen for certain does not pass."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from commands.known_parts import write_parts
from reader.coded_network import part_reader, write_pack

from app.errors import AppError, BadPicture, EngineError
from app.inspector import Inspector
from app.judgement.parts import judge_part
from app.line.golden import GoldenSet, add_golden, count_parts, golden_sets, run_golden
from app.reader import Reader
from app.recipes import PictureLimits, Recipe, Tiling
from app.vocabulary import (
    Decision,
    EngineMark,
    Frame,
    GoldenPart,
    Reading,
    RecipeMark,
)

OK, NG, REVIEW = Decision.OK, Decision.NG, Decision.REVIEW
MARK = RecipeMark("coded", 2, "0" * 64)
RECIPE = Recipe(pack="coded", tiling=Tiling(overlap=40), picture=PictureLimits(darkest=1))
CERTAIN, DOUBTFUL, NOTHING = 0.99, 0.4, 0.0


@pytest.fixture(scope="module", name="shelf")
def shelf_with_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = tmp_path_factory.mktemp("models")
    write_pack(shelf)
    return shelf


@pytest.fixture
def inspector(shelf: Path) -> Iterator[Inspector]:
    judge = partial(judge_part, recipe=RECIPE)
    with Inspector(part_reader(shelf, RECIPE), judge, MARK) as opened:
        yield opened


def made(tmp_path: Path, good: list[float], bad: list[float]) -> GoldenSet:
    """A set of parts with a defect of these scores each."""
    add_golden("boards", "good", [write_parts(tmp_path / "good", good)])
    add_golden("boards", "bad", [write_parts(tmp_path / "bad", bad)])
    return GoldenSet.load("boards")


def test_good_parts_that_pass_and_bad_parts_that_are_caught_open_the_gate(
    inspector: Inspector, tmp_path: Path
) -> None:
    parts = made(tmp_path, [NOTHING, NOTHING], [CERTAIN])
    before = datetime.now(UTC)
    run = run_golden(inspector, parts)
    assert run
    assert run.passed
    assert before <= run.at <= datetime.now(UTC)
    assert (run.parts, run.recipe) == ("boards", MARK)
    assert [name for name, _ in run.engine.models] == ["coded"]
    assert [(each.file, each.expected, each.decision) for each in run.results] == [
        ("good/0.png", OK, OK),
        ("good/1.png", OK, OK),
        ("bad/0.png", NG, NG),
    ]
    assert [reason.template for reason in run.results[2].reasons] == ["{defect} × {count}, {place}"]


@pytest.mark.parametrize(
    ("good", "bad", "wrong"),
    [
        ([NOTHING], [CERTAIN, NOTHING], ("bad/1.png", OK)),
        ([NOTHING], [CERTAIN, DOUBTFUL], ("bad/1.png", REVIEW)),
        ([CERTAIN], [CERTAIN], ("good/0.png", NG)),
        ([DOUBTFUL], [CERTAIN], ("good/0.png", REVIEW)),
    ],
)
def test_one_part_that_is_not_judged_as_it_must_be_keeps_the_gate_shut(
    inspector: Inspector,
    tmp_path: Path,
    good: list[float],
    bad: list[float],
    wrong: tuple[str, Decision],
) -> None:
    run = run_golden(inspector, made(tmp_path, good, bad))
    assert run
    assert not run.passed
    assert [(each.file, each.decision) for each in run.results if not each.passed] == [wrong]


def test_a_picture_that_cannot_be_seen_fails_the_run_with_its_reason(
    inspector: Inspector, tmp_path: Path
) -> None:
    parts = made(tmp_path, [NOTHING], [CERTAIN])
    (parts.folder / "good" / "1.png").write_bytes(b"no picture")
    run = run_golden(inspector, GoldenSet.load("boards"))
    assert run
    assert not run.passed
    unseen = run.results[1]
    assert (unseen.file, unseen.decision) == ("good/1.png", REVIEW)
    assert unseen.reasons


class Failing(Reader):
    """A model whose device is gone."""

    mark = EngineMark("given", "cpu")
    timings_ms: dict[str, float] = {}  # noqa: RUF012 - never written to

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        raise EngineError("The device is gone.", "Plug it in.", "device-gone")

    def close(self) -> None:
        pass


def test_a_model_that_fails_lets_no_bad_part_pass_for_caught(tmp_path: Path) -> None:
    parts = made(tmp_path, [NOTHING], [CERTAIN])
    run = run_golden(Inspector(Failing(), partial(judge_part, recipe=RECIPE), MARK), parts)
    assert run
    assert not run.passed
    assert [str(each.reasons[0]) for each in run.results] == ["The device is gone."] * 2


def test_a_cancelled_run_proves_nothing(inspector: Inspector, tmp_path: Path) -> None:
    parts = made(tmp_path, [NOTHING, NOTHING], [CERTAIN])
    told: list[tuple[GoldenPart, float]] = []
    run = run_golden(
        inspector, parts, tell=lambda *said: told.append(said), cancelled=lambda: len(told) == 2
    )
    assert run is None
    assert [done for _, done in told] == pytest.approx([1 / 3, 2 / 3])


def test_a_set_that_is_not_there_or_has_one_kind_only_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="no set of golden parts “boards”; there are: –"):
        GoldenSet.load("boards")
    add_golden("boards", "good", [write_parts(tmp_path / "good", [NOTHING])])
    with pytest.raises(AppError, match="have 1 good and 0 bad") as told:
        GoldenSet.load("boards")
    assert told.value.code == "golden-one-sided"
    assert golden_sets() == ("boards",)
    assert count_parts("boards") == (1, 0)
    with pytest.raises(AppError, match="there are: boards"):
        GoldenSet.load("bords")


@pytest.mark.parametrize("name", ["", ".", "..", "../boards", "a/b", "a\\b", ".hidden", "x" * 61])
def test_a_name_that_leaves_the_folder_of_the_sets_is_refused(name: str) -> None:
    with pytest.raises(AppError) as told:
        GoldenSet.load(name)
    assert told.value.code == "golden-name"


def test_the_same_picture_is_added_once_and_another_of_its_name_beside_it(
    tmp_path: Path, own_home: Path
) -> None:
    first = write_parts(tmp_path / "one", [NOTHING])
    other = write_parts(tmp_path / "other", [CERTAIN])
    target = own_home / "golden/早班/bad"
    assert add_golden("早班", "bad", [first, first / "0.png"]) == (target / "0.png",)
    assert add_golden("早班", "bad", [first]) == ()
    assert add_golden("早班", "bad", [other]) == (target / "0-2.png",)
    assert (target / "0-2.png").read_bytes() == (other / "0.png").read_bytes()
    assert {each.stat().st_mode & 0o777 for each in target.iterdir()} == {0o600}
    assert target.stat().st_mode & 0o777 == 0o700


def test_nothing_is_added_where_one_picture_cannot_be_read(tmp_path: Path) -> None:
    pictures = write_parts(tmp_path / "parts", [NOTHING, CERTAIN])
    (pictures / "2.png").write_bytes(b"no picture")
    with pytest.raises(BadPicture):
        add_golden("boards", "bad", [pictures])
    assert golden_sets() == ()
