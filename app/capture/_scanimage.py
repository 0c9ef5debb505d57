"""SANE's ``scanimage`` as a child process: which scanners, what they can do, page after page."""

from __future__ import annotations

import io
import re
import select
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple, cast

from app.capture._children import clean_environment

PROGRAM = "scanimage"
_ASK_S = 60.0
"""Network scanners are asked in turn, and one that is switched off takes its time."""
_QUIT_S = 5.0
_OPTION = re.compile(r" {4}--?([\w-]+)(?:\[=\(| )(.*?)(?:\)\])? \[([^][]*)\]")
_UNIT = re.compile(r"(?:dpi|mm|pel|%|bit|us)?(?:,\.\.\.)?(?: \(in steps of .*\))?$")
_BATCH = ("--format=pnm", "--batch-print", "--batch-prompt")
_WEBCAM = "v4l:"
"""SANE lists webcams, too; they are not scanners, and ``v4l2`` gives more of them."""


class Option(NamedTuple):
    """One thing that can be set on a scanner: a choice of words, or a range of numbers."""

    choices: tuple[str, ...]
    limits: tuple[float, float] | None
    current: str

    def nearest(self, wanted: float) -> str:
        """Return the nearest number that can be set."""
        if self.limits:
            return f"{min(max(wanted, self.limits[0]), self.limits[1]):g}"
        numbers = [choice for choice in self.choices if choice.replace(".", "", 1).isdigit()]
        return min(numbers, key=lambda number: abs(float(number) - wanted), default=f"{wanted:g}")


class Status(IntEnum):
    """SANE_Status (SANE Standard 1.06, 4.2.7), which scanimage exits with, and two of our own."""

    GOOD = 0
    CANCELLED = 2
    BUSY = 3
    JAMMED = 6
    NO_DOCUMENTS = 7
    COVER_OPEN = 8
    IO_ERROR = 9
    NO_MEMORY = 10
    DENIED = 11
    NO_ANSWER = -1000
    UNKNOWN = -1001


_WORDS = {
    "Operation was cancel": Status.CANCELLED,
    "Device busy": Status.BUSY,
    "feeder jammed": Status.JAMMED,
    "out of documents": Status.NO_DOCUMENTS,
    "cover is open": Status.COVER_OPEN,
    "Error during device I/O": Status.IO_ERROR,
    "Out of memory": Status.NO_MEMORY,
    "has been denied": Status.DENIED,
}
_COMPLAINTS = (f"{PROGRAM}: sane_", f"{PROGRAM}: open of device")


class Ended(Exception):
    """The child has ended: SANE's status, and what it complained about last."""

    def __init__(self, exit_status: int, said: str) -> None:
        lines = [line for line in said.splitlines() if line.startswith(_COMPLAINTS)]
        self.complaint = lines[-1] if lines else ""
        # The words come first: a backend whose own child is gone makes scanimage exit with 0.
        named = next((status for words, status in _WORDS.items() if words in self.complaint), None)
        self.status: int = exit_status if named is None else named
        if self.complaint and self.status == Status.GOOD:
            self.status = Status.UNKNOWN
        super().__init__(said)


def devices() -> list[tuple[str, str]]:
    """List the scanners: device and name. Raises Ended, or OSError if there is no scanimage."""
    lines = _answer(["--formatted-device-list", "%d%n%v %m%n"]).splitlines()
    pairs = zip(lines[::2], lines[1::2], strict=False)
    return [pair for pair in pairs if not pair[0].startswith(_WEBCAM)]


def options(device: str) -> Mapping[str, Option]:
    """Return what can be set now. Raises Ended, or OSError if there is no scanimage."""
    return parse_options(_answer([*_chosen(device), "--all-options"]))


def parse_options(answer: str) -> Mapping[str, Option]:
    """Understand what ``scanimage --all-options`` prints."""
    found = {}
    for line in answer.splitlines():
        match = _OPTION.fullmatch(line)
        if match and match[3] not in ("inactive", "read-only"):
            found[match[1]] = _option(_UNIT.sub("", match[2]), match[3])
    return found


class Batch:
    """A scanner held open; it scans a page whenever it is asked to."""

    def __init__(self, device: str, arguments: Sequence[str]) -> None:
        # Closed and emptied with the batch: scans of documents do not stay behind.
        self._folder = tempfile.TemporaryDirectory(prefix="mingjian-scan-")
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the child
        pattern = Path(self._folder.name) / "page-%d.pnm"
        self._process = subprocess.Popen(
            [PROGRAM, *_chosen(device), *_BATCH, f"--batch={pattern}", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            bufsize=0,
            env=clean_environment(),
        )
        self._keys = cast(io.FileIO, self._process.stdin)
        self._names = cast(io.FileIO, self._process.stdout)
        self._poll = select.poll()
        self._poll.register(self._names, select.POLLIN)
        self._line = b""

    def ask(self) -> None:
        """Begin the next page."""
        try:
            self._keys.write(b"\n")
        except BrokenPipeError:
            # It has ended; the next call of page says why.
            return

    def page(self, timeout_s: float) -> Path | None:
        """Return the file of the page that was asked for; None while it is not finished.

        The caller deletes it. Raises Ended behind the last page.
        """
        while b"\n" not in self._line:
            if not self._poll.poll(timeout_s * 1000):
                return None
            piece = self._names.read(4096)
            if not piece:
                raise self._ended()
            self._line += piece
        name, _, self._line = self._line.partition(b"\n")
        return Path(name.decode())

    def close(self) -> None:
        """Give the scanner back; a page on its way is given up."""
        self._keys.close()
        self._process.terminate()
        try:
            self._process.wait(_QUIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._names.close()
        self._said.close()
        self._folder.cleanup()

    def _ended(self) -> Ended:
        status = self._process.wait()
        self._said.seek(0)
        return Ended(status, self._said.read().decode(errors="replace"))


def _chosen(device: str) -> list[str]:
    return [f"--device-name={device}"] if device else []


def _option(values: str, current: str) -> Option:
    least, dots, most = values.partition("..")
    if dots:
        return Option((), (float(least), float(most)), current)
    return Option(tuple(filter(None, values.split("|"))), None, current)


def _answer(arguments: Sequence[str]) -> str:
    try:
        done = subprocess.run(
            [PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ASK_S,
            env=clean_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Ended(Status.NO_ANSWER, "") from error
    if done.returncode:
        raise Ended(done.returncode, done.stderr.decode(errors="replace"))
    return done.stdout.decode(errors="replace")
