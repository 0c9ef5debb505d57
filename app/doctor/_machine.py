"""The machine as a doctor sees it: files, answers of commands, the user. Nothing is written."""

from __future__ import annotations

import grp
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PATIENCE_S = 10.0
"""``npu-smi`` can hang when the driver is sick."""
_LARGEST = 1 << 20
"""Bytes that are read of a file."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said; ``status`` is None if it did not end in time."""

    text: str
    status: int | None


class Machine:
    """This machine. Tests put recorded ones in its place, under another ``root``."""

    def __init__(self, root: Path = Path("/")) -> None:
        self.root = root
        self._answers: dict[tuple[str, ...], Answer | None] = {}

    def text(self, path: str) -> str | None:
        """Return what is in a file; None if it is not there or may not be read."""
        try:
            with self.at(path).open("rb") as file:
                return file.read(_LARGEST).decode("utf-8", "replace")
        except OSError:
            return None

    def pairs(self, path: str) -> dict[str, str]:
        """Return the lines ``key=value`` of a file; the first of a key counts."""
        found: dict[str, str] = {}
        for line in (self.text(path) or "").splitlines():
            key, is_pair, value = line.partition("=")
            if is_pair:
                found.setdefault(key.strip(), value.strip().strip('"'))
        return found

    def names(self, pattern: str) -> tuple[str, ...]:
        """List the paths that fit a pattern such as ``/dev/davinci[0-9]*``, in order."""
        found = self.root.glob(pattern.lstrip("/"))
        return tuple(sorted(f"/{path.relative_to(self.root)}" for path in found))

    def at(self, path: str) -> Path:
        """Return where a path of the machine lies."""
        return self.root / path.lstrip("/")

    def may_use(self, path: str) -> bool:
        """Whether this user may read and write a device."""
        return os.access(self.at(path), os.R_OK | os.W_OK)

    def has(self, command: str) -> bool:
        """Whether a command is installed."""
        return shutil.which(command) is not None

    def ask(self, *words: str) -> Answer | None:
        """Run a command that only tells something; None if it is not installed.

        It is asked once: one that hangs is waited for once.
        """
        if words not in self._answers:
            self._answers[words] = self._asked(*words)
        return self._answers[words]

    def _asked(self, *words: str) -> Answer | None:
        if not self.has(words[0]):
            return None
        try:
            done = subprocess.run(
                words,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                timeout=PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Answer("", None)
        except OSError as error:
            return Answer(str(error), -1)
        return Answer(done.stdout.decode("utf-8", "replace"), done.returncode)

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that this process was started with."""
        return os.environ

    @property
    def kernel(self) -> str:
        """As ``uname -r`` says it."""
        return platform.release()

    @property
    def processor(self) -> str:
        """As ``uname -m`` says it."""
        return platform.machine()

    @property
    def cores(self) -> int:
        """How many this process may use."""
        return len(os.sched_getaffinity(0))

    @property
    def libc(self) -> str:
        """The version of glibc, empty where it is another C library."""
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
        return version if name == "glibc" else ""

    @property
    def groups(self) -> frozenset[str]:
        """The groups this process is in."""
        return frozenset(_group_name(number) for number in {*os.getgroups(), os.getegid()})

    @property
    def is_root(self) -> bool:
        """Whether nothing is forbidden to this process."""
        return os.geteuid() == 0

    def free_bytes(self, path: Path) -> int:
        """Return the room on the disk on which a folder is, or will be."""
        while not path.exists() and path != path.parent:
            path = path.parent
        return shutil.disk_usage(path).free


def _group_name(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)
