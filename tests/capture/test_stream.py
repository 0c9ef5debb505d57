"""Network cameras against a real RTSP server, killed, frozen and restarted; video files."""

from __future__ import annotations

import functools
import http.server
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.capture import Source, open_source
from app.capture._address import written
from app.errors import SettingsError, SourceLost
from app.vocabulary import Frame
from capture.capture_parts import PATIENCE_S, await_frame, drain, video_file

SERVER = Path(__file__).with_name("rtsp_camera.py")
SYSTEM_PYTHON = "/usr/bin/python3"
BINDINGS = "import gi; gi.require_version('GstRtspServer', '1.0')"

Serve = Callable[[str, str], tuple[subprocess.Popen[str], str]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start RTSP cameras, each of one colour; all are gone after the test."""
    if (
        not shutil.which(SYSTEM_PYTHON)
        or subprocess.run(
            [SYSTEM_PYTHON, "-c", BINDINGS], stderr=subprocess.DEVNULL, check=False
        ).returncode
    ):
        pytest.skip("no RTSP server here (Debian: gir1.2-gst-rtsp-server-1.0 and python3-gi)")
    started = []

    def start(port: str, colour: str) -> tuple[subprocess.Popen[str], str]:
        command = [SYSTEM_PYTHON, str(SERVER), port, colour]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def colour_of(frame: Frame) -> str:
    """Name the strongest channel."""
    return ("blue", "green", "red")[int(np.argmax(frame.bgr.mean(axis=(0, 1))))]


def await_loss(source: Source) -> str:
    """Take frames until the source says that it is lost; return the code."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            source.next_frame(0.1)
        except SourceLost as lost:
            return lost.code
    return "never"


def test_a_camera_that_dies_is_lost_and_is_resumed_when_it_is_back(serve: Serve) -> None:
    camera, port = serve("0", "red")
    source = open_source(f"stream:rtsp://127.0.0.1:{port}/camera?timeout_s=2")
    with source:
        assert source.is_live
        frame = await_frame(source)
        assert colour_of(frame) == "red"
        assert frame.bgr.shape == (240, 320, 3)
        camera.kill()
        assert await_loss(source) == "stream-lost"
    with pytest.raises(SourceLost) as told:
        source.open()
    assert told.value.code == "stream-missing"
    serve(port, "blue")
    with source:
        assert colour_of(await_frame(source)) == "blue"


def test_a_camera_that_freezes_is_lost(serve: Serve) -> None:
    camera, port = serve("0", "green")
    with open_source(f"rtsp://127.0.0.1:{port}/camera?timeout_s=1") as source:
        assert colour_of(await_frame(source)) == "green"
        camera.send_signal(signal.SIGSTOP)
        assert await_loss(source) == "stream-lost"
        camera.kill()


def test_whoever_comes_late_gets_the_newest_frame_and_sees_how_many_were_lost(
    serve: Serve,
) -> None:
    _, port = serve("0", "red")
    with open_source(f"stream:rtsp://127.0.0.1:{port}/camera") as source:
        first = await_frame(source)
        time.sleep(0.3)
        before = time.time()
        await_frame(source)
        newest = await_frame(source)
    assert newest.number - first.number > 4
    assert newest.time >= before


def test_a_password_is_neither_shown_nor_printed(capfd: pytest.CaptureFixture[str]) -> None:
    address = "stream:rtsp://user:secret@127.0.0.1:1/camera?timeout_s=0.5"
    with pytest.raises(SourceLost) as told:
        open_source(address).open()
    assert "secret" not in str(told.value)
    assert "user:***@127.0.0.1" in str(told.value.what)
    assert capfd.readouterr() == ("", "")


def test_a_camera_over_http_is_read_and_lost_at_its_end(tmp_path: Path) -> None:
    video_file(tmp_path / "video.avi", count=30)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/video.avi"
            with open_source(f"{url}?timeout_s=2") as source:
                frame = await_frame(source)
                assert frame.source == f"stream:{url}"
                assert await_loss(source) == "stream-lost"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("name", ["video.avi", "new\nline: 50%.avi"])
def test_a_video_file_gives_every_frame_in_order(name: str, tmp_path: Path) -> None:
    path = video_file(tmp_path / name, count=12)
    with open_source(written("stream", str(path))) as source:
        assert not source.is_live
        frames = [frame for frame in drain(source) if isinstance(frame, Frame)]
        assert source.is_finished
    assert [frame.number for frame in frames] == list(range(1, 13))
    assert {frame.source for frame in frames} == {str(path)}
    levels = [int(frame.bgr.mean()) for frame in frames]
    assert levels == sorted(levels)
    assert levels[-1] > levels[0] + 150


@pytest.mark.parametrize(
    ("content", "code"), [(b"no video at all" * 99, "video-format"), (b"", "video-format")]
)
def test_a_file_that_is_no_video_is_told(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(content)
    with pytest.raises(SourceLost) as told:
        open_source(f"stream:{path}").open()
    assert told.value.code == code


def test_a_stream_needs_an_address() -> None:
    with pytest.raises(SettingsError, match="needs an address"):
        open_source("stream:")
