"""A clerk at the window; when the test is over, no thread may be left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QThread
from PySide6.QtWidgets import QApplication

from app.vocabulary import Reading
from desktop.line_parts import Worker
from desktop.recipe_parts import PCB, Workshop
from desktop.window_parts import Clerk

MakeClerk = Callable[..., Clerk]
MakeWorker = Callable[..., Worker]
HERE = Path(__file__).parent
OFFSCREEN = "This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
"""What Qt's offscreen platform says of every window with a smallest size, and of every menu."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN, extend=True))


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture
def make_clerk(qapp: QApplication) -> Iterator[MakeClerk]:
    qapp.setStyle("Fusion")
    clerks: list[Clerk] = []

    def make(*pages: Sequence[Reading] | Reading, **wanted: object) -> Clerk:
        each = [(page,) if isinstance(page, Reading) else tuple(page) for page in pages]
        clerk = Clerk(qapp, each, **wanted)
        clerks.append(clerk)
        clerk.open()
        return clerk

    yield make
    for clerk in clerks:
        clerk.close()
        assert clerk.application.crash.log.exists() == clerk.expects_a_bug
        threads: Iterable[QThread] = clerk.application.findChildren(QThread)
        assert [thread.objectName() for thread in threads if thread.isRunning()] == []
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def make_worker(qapp: QApplication, tmp_path: Path) -> Iterator[MakeWorker]:
    qapp.setStyle("Fusion")
    workers: list[Worker] = []

    def make(**wanted: object) -> Worker:
        worker = Worker(qapp, tmp_path, **wanted)
        workers.append(worker)
        worker.open()
        return worker

    yield make
    for worker in workers:
        worker.close()
        assert worker.application.crash.log.exists() == worker.expects_a_bug
        threads: Iterable[QThread] = worker.application.findChildren(QThread)
        assert [thread.objectName() for thread in threads if thread.isRunning()] == []
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def workshop(qapp: QApplication, tmp_path: Path) -> Iterator[Workshop]:
    """The recipes page with one recipe, ``pcb``, that has one version."""
    qapp.setStyle("Fusion")
    workshop = Workshop(qapp, tmp_path)
    workshop.shelf.save("pcb", PCB, "the first one")
    yield workshop
    workshop.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
