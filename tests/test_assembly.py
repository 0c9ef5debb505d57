from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from app import assembly, paths
from app.errors import EngineError, KindError, RecipeError
from app.line import LineNews, LineState
from app.recipes import Limits, Recipe, Shelf
from app.records import open_records
from app.settings import RecordsSettings, Settings, StationSettings, load_settings
from app.station import Inspected, News, Station
from app.toolchain.specimens import Specimen, make_specimen
from app.vocabulary import Decision, Frame, Inspection

PATIENCE_S = 30.0


@pytest.fixture(scope="session")
def specimen() -> Specimen:
    return make_specimen("id_card_front", "camera", 5)


@pytest.fixture
def folder(specimen: Specimen, tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "card.png").write_bytes(cv2.imencode(".png", specimen.bgr)[1].tobytes())
    return folder


class Inspections:
    """Keeps what was inspected and wakes whoever waits for it."""

    def __init__(self) -> None:
        self.all: list[Inspection] = []
        self._changed = threading.Condition()

    def __call__(self, news: News) -> None:
        if isinstance(news, Inspected):
            with self._changed:
                self.all += news.inspections
                self._changed.notify_all()

    def until(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.all) >= count, PATIENCE_S)


@contextmanager
def hosted(station: Station) -> Iterator[None]:
    hosts = [threading.Thread(target=loop) for loop in (station.run_inspect, station.run_capture)]
    for host in hosts:
        host.start()
    try:
        yield
    finally:
        station.stop()
        for host in hosts:
            host.join()


def test_a_page_under_a_camera_is_read_by_itself_and_once(folder: Path, specimen: Specimen) -> None:
    told = Inspections()
    address = f"replay:{folder}?live=1&loop=1&rate_hz=60"
    with hosted(assembly.open_station(Settings(), told, source=address)):
        told.until(1)
    (inspection,) = told.all
    assert inspection.reading.field("id_number").value == specimen.truth["id_number"]


def test_a_folder_gives_a_page_a_key_and_its_frames_can_be_put_in_again(folder: Path) -> None:
    told = Inspections()
    settings = Settings(station=StationSettings(source=f"folder:{folder}"))
    station = assembly.open_station(settings, told)
    with hosted(station):
        station.trigger()
        told.until(1)
        station.reinspect(told.all[0].frame)
        told.until(2)
    first, again = told.all
    assert [f.value for f in first.reading.fields] == [f.value for f in again.reading.fields]


def test_without_a_source_the_bundled_samples_are_shown() -> None:
    assert assembly.samples() == f"folder:{paths.resources() / 'samples'}"
    assert assembly.open_station(Settings(), lambda _: None)


def test_an_address_that_is_misspelt_is_refused_at_once() -> None:
    with pytest.raises(KindError):
        assembly.open_station(Settings(), lambda _: None, source="foldre:/tmp")


def test_an_engine_that_is_not_there_is_refused() -> None:
    settings = load_settings(arguments={"reader.engine": "abacus"})
    with pytest.raises((KindError, EngineError)):
        assembly.open_inspector(settings)


def test_a_part_is_judged_by_its_recipe_and_names_it() -> None:
    shelf = Shelf()
    version = shelf.save("half", Recipe(pack="pcb-defects", region=(0, 0, 100, 100)))
    black = Frame(np.zeros((128, 128, 3), np.uint8), 1, 0.0, "given")
    with assembly.open_part_inspector(Settings(), version) as inspector:
        (inspection,) = inspector.inspect(black)
    assert inspection.recipe == version.mark
    assert inspection.reading.region == (0.0, 0.0, 100.0, 100.0)
    assert inspection.verdict.decision is Decision.REVIEW
    assert "too-dark" in {reason.code for reason in inspection.verdict.reasons}


def test_a_recipe_that_names_a_class_that_its_model_lacks_is_refused_with_the_nearest() -> None:
    version = Shelf().save("unfit", Recipe(pack="pcb-defects", defects={"mousebyte": Limits()}))
    with pytest.raises(RecipeError, match="did you mean “mousebite”"):
        assembly.open_part_inspector(Settings(), version)


def test_a_line_is_joined_by_the_settings_or_by_what_is_given(tmp_path: Path) -> None:
    settings = load_settings(arguments={"line.recipe": "pcb", "line.source": f"folder:{tmp_path}"})
    told: list[LineNews] = []
    with open_records(tmp_path / "records") as records:
        for asked in ("", "pcb"):
            line, _ = assembly.open_line(settings, asked, told.append, records=records)
            assert (line.version.name, line.state) == ("pcb", LineState.STARTING)
        with pytest.raises(KindError):
            assembly.open_line(settings, "", told.append, records=records, source="bolt:")


def test_records_are_kept_at_home_or_where_the_settings_say(tmp_path: Path) -> None:
    assembly.open_store(Settings()).close()
    assert (paths.home() / "records").is_dir()
    elsewhere = tmp_path / "elsewhere"
    assembly.open_store(Settings(records=RecordsSettings(folder=str(elsewhere)))).close()
    assert elsewhere.is_dir()
