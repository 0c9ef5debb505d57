"""Settings: defaults, file, environment and arguments; faults told together; comments kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from app import paths
from app.errors import SettingsError
from app.language import catalogue
from app.settings import Settings, load_settings, save_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def faults(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        load_settings(path)
    assert str(path) in f"{told.value.what} {told.value.hint}"
    return told.value.what.text()


def changed(settings: Settings, section: str, **values: object) -> Settings:
    part = getattr(settings, section).model_copy(update=values)
    return settings.model_copy(update={section: part})


def test_a_file_that_is_not_there_changes_nothing() -> None:
    assert not paths.settings_file().exists()
    assert load_settings() == Settings()


def test_a_file_changes_only_what_it_names(file: Path) -> None:
    file.write_text("\ufeff[reader]\nthreads = 2\n[desktop]\nfont_scale = 2\n", encoding="utf-8")
    settings = load_settings(file)
    assert settings == changed(changed(Settings(), "reader", threads=2), "desktop", font_scale=2.0)


def test_an_argument_goes_before_the_environment_and_the_environment_before_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('[reader]\nthreads = 2\nengine = "file"\n[station]\nsource = "folder:/a"\n')
    monkeypatch.setenv("MINGJIAN_READER_THREADS", "3")
    monkeypatch.setenv("MINGJIAN_READER_ENGINE", "environment")
    monkeypatch.setenv("MINGJIAN_DESKTOP_FONT_SCALE", "1.5")
    settings = load_settings(file, {"reader.engine": "argument"})
    assert settings.reader.threads == 3
    assert settings.reader.engine == "argument"
    assert settings.desktop.font_scale == 1.5
    assert settings.station.source == "folder:/a"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[reader]\nthread = 2", "There is no “reader.thread”; did you mean “reader.threads”?"),
        ("threads = 2", "There is no “threads”; did you mean “reader.threads”?"),
        ("[dekstop]", "There is no “dekstop”; did you mean “desktop."),
        ("reader = 5", "There is no “reader”; did you mean “reader."),
        ("[reader]\nthreads = -1", "“reader.threads” must be 0 or more."),
        ("[reader]\nthreads = 1000", "“reader.threads” must be 256 or less."),
        ('[reader]\nthreads = "2"', "“reader.threads” must be a whole number."),
        ("[reader]\nthreads = true", "“reader.threads” must be a whole number."),
        ('[reader]\nengine = ""', "“reader.engine” must be a text that is not empty."),
        ("[desktop]\nfont_scale = nan", "“desktop.font_scale” must be "),
        ('[desktop]\nfont_scale = "big"', "“desktop.font_scale” must be a number."),
        ("[line]\nsound = 1", "“line.sound” must be true or false."),
        ('[desktop]\ntheme = "blue"', "“desktop.theme” must be one of 'system', 'light' or 'dark'"),
        ("[records]\nfolder = {}", "“records.folder” must be a text."),
        ("[records]\nfolder = 2020-01-01", "“records.folder” must be a text."),
    ],
)
def test_a_fault_names_its_key_and_what_may_stand_there(file: Path, text: str, told: str) -> None:
    assert told in faults(file, text)


def test_all_faults_are_told_at_once_wherever_they_are(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGJIAN_READER_THREADS", "many")
    monkeypatch.setenv("MINGJIAN_DESKTOP_TEHME", "dark")
    told = faults(file, "[reader]\nthreads = -1\nengin = 1\n[desktop]\nfont_scale = 9\n")
    for expected in (
        "“reader.threads” must be 0 or more.",
        "There is no “reader.engin”; did you mean “reader.engine”?",
        "“desktop.font_scale” must be 2.0 or less.",
        "“MINGJIAN_READER_THREADS” must be a whole number.",
        "There is no “MINGJIAN_DESKTOP_TEHME”; did you mean “MINGJIAN_DESKTOP_THEME”?",
    ):
        assert expected in told


def test_faults_are_told_in_chinese_too(file: Path) -> None:
    file.write_text("[reader]\nthreads = -1\nengin = 1\n")
    with pytest.raises(SettingsError) as told:
        load_settings(file)
    shown = told.value.what.text(catalogue("zh_CN"))
    assert "“reader.threads”必须是不小于 0 的数。" in shown
    assert "是否想写“reader.engine”" in shown


@pytest.mark.parametrize("content", [b"[reader\n", b"\xff\xfe", b"a = 1\na = 2\n"])
def test_a_file_that_is_no_toml_is_told_and_kept(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    for use in (lambda: load_settings(file), lambda: save_settings(Settings(), file)):
        with pytest.raises(SettingsError) as told:
            use()
        assert told.value.code == "settings-unreadable"
    assert file.read_bytes() == content


def test_only_differences_are_written(file: Path) -> None:
    save_settings(changed(Settings(), "desktop", theme="dark"), file)
    assert file.read_text() == '[desktop]\ntheme = "dark"\n'
    assert load_settings(file).desktop.theme == "dark"
    save_settings(Settings(), file)
    assert "theme" not in file.read_text()
    assert load_settings(file) == Settings()


def test_comments_and_order_stay_when_a_value_is_changed(file: Path) -> None:
    file.write_text(
        "# our counter\n\n[desktop]\ntheme = 'dark'  # the lamp glares\n\n"
        "# two of four cores\n[reader]\nthreads = 2\n",
        encoding="utf-8",
    )
    settings = changed(load_settings(file), "desktop", theme="light", language="en")
    save_settings(settings, file)
    assert load_settings(file) == settings
    text = file.read_text()
    for line in ("# our counter", 'theme = "light"  # the lamp glares', "# two of four cores"):
        assert line in text
    assert text.index("[desktop]") < text.index("[reader]")


def test_what_the_environment_sets_does_not_get_into_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("[reader]\nthreads = 2\n")
    monkeypatch.setenv("MINGJIAN_READER_THREADS", "4")
    save_settings(changed(load_settings(file), "desktop", theme="dark"), file)
    monkeypatch.delenv("MINGJIAN_READER_THREADS")
    assert load_settings(file).reader.threads == 2
    assert load_settings(file).desktop.theme == "dark"


def test_the_file_is_private_and_a_link_to_it_stays_a_link(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        (tmp_path / "link.toml").symlink_to(tmp_path / "real" / "settings.toml")
        save_settings(changed(Settings(), "reader", threads=1), tmp_path / "link.toml")
    finally:
        os.umask(before)
    real = tmp_path / "real" / "settings.toml"
    assert (tmp_path / "link.toml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in real.parent.iterdir()] == ["settings.toml"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError) as told:
        save_settings(changed(Settings(), "reader", threads=1), tmp_path / "file" / "settings.toml")
    assert told.value.code in ("settings-not-written", "settings-unreadable")


def test_a_form_can_be_made_of_every_setting() -> None:
    described = dict(Settings.model_fields)
    for section, field in Settings.model_fields.items():
        model = field.annotation
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        described |= {f"{section}.{name}": each for name, each in model.model_fields.items()}
    chinese = catalogue("zh_CN")
    for name, field in described.items():
        assert field.title in chinese, name
        assert field.description in chinese, name


def test_settings_are_values_that_nobody_changes() -> None:
    settings = Settings()
    with pytest.raises(ValidationError):
        settings.reader.threads = 2
