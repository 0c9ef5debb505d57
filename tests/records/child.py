"""Another program with the same records: ``python -m records.child TASK FOLDER …``."""

from __future__ import annotations

import resource
import subprocess
import sys
from itertools import count
from pathlib import Path

from app.errors import RecordError
from app.records import KeepPicture, export, open_records
from app.vocabulary import Frame
from records.inspections import entry, inspection, picture


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def keep(folder: Path, first: int, many: int) -> None:
    """Keep pictures numbered from ``first`` and say each once it is kept."""
    with open_records(folder) as records:
        say("open")
        for seed in range(first, first + many):
            kept = records.keep(inspection(of=Frame(picture(seed, 60, 80), seed, 0.0, "camera")))
            say(kept.id, seed)


def full(folder: Path) -> None:
    """Fill a disk of 3 MB, be told, make room and go on."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", folder], check=True)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(1 << 20))
    with open_records(folder / "records") as records:
        ids = []
        try:
            for seed in count():
                ids.append(records.keep(inspection(of=Frame(picture(seed), 1, 0.0, "camera"))).id)
        except RecordError as error:
            say("keep", error.code)
        assert len(ids) == records.count() > 20
        assert not list((folder / "records/pictures/incoming").iterdir())
        for name in ("list.csv", "list.xlsx"):
            try:
                export([*records.each()] * 100, folder / name)
            except RecordError as error:
                say("export", error.code)
        assert sorted(each.name for each in folder.iterdir()) == ["ballast", "records"]
        ballast.unlink()
        ids.append(records.keep(inspection()).id)
    with open_records(folder / "records") as records:
        assert [each.id for each in records.each()] == ids
        for record_id in ids:
            records.picture(record_id)
    say("whole")


def full_line(folder: Path) -> None:
    """Fill a disk of 3 MB with parts, keep the refused batch, make room and go on."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", folder], check=True)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(1 << 20))
    with open_records(folder / "records") as records:
        ids: list[str] = []
        for first in count(step=8):
            batch = [entry(first + number) for number in range(8)]
            try:
                records.keep_all(batch)
            except RecordError as error:
                say("keep", error.code)
                break
            ids += [each.record_id for each in batch]
        assert len(ids) == records.count() > 20
        assert not list((folder / "records/pictures/incoming").iterdir())
        ballast.unlink()
        records.keep_all(batch)
        ids += [each.record_id for each in batch]
    with open_records(folder / "records") as records:
        assert [each.id for each in records.each()] == ids
        for record_id in ids:
            records.picture(record_id)
    say("whole")


def keep_batches(folder: Path, first: int, many: int) -> None:
    """Keep parts in batches of all kinds of pictures and say each batch once it is kept."""
    with open_records(folder) as records:
        say("open")
        for seed in range(first, first + many, 6):
            batch = [
                entry(seed + number, kept=kind) for number, kind in enumerate([*KeepPicture] * 2)
            ]
            records.keep_all(batch)
            say(*(each.record_id for each in batch))


def read_only(folder: Path) -> None:
    """Lose the right to write while the records are open, and then before they are opened."""
    open_records(folder).close()
    with open_records(folder) as records:
        kept = records.keep(inspection())
        incoming = folder / "pictures/incoming"
        subprocess.run(["mount", "--bind", incoming, incoming], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", incoming], check=True)
        try:
            records.keep(inspection(of=Frame(picture(9), 1, 0.0, "camera")))
        except RecordError as error:
            say("keep", error.code)
        assert [each.id for each in records.find()] == [kept.id]
    subprocess.run(["umount", incoming], check=True)
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
    try:
        open_records(folder)
    except RecordError as error:
        say("open", error.code)


def quota(folder: Path) -> None:
    """Meet a limit on the size of a file instead of the end of the disk."""
    with open_records(folder) as records:
        kept = records.keep(inspection())
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        try:
            records.keep(inspection(of=Frame(picture(1, 900, 900), 1, 0.0, "camera")))
        except RecordError as error:
            say("keep", error.code)
        after = records.keep(inspection(of=Frame(picture(2), 1, 0.0, "camera")))
        assert [each.id for each in records.each()] == [kept.id, after.id]
        assert not list((folder / "pictures/incoming").iterdir())


if __name__ == "__main__":
    task, folder, *numbers = sys.argv[1:]
    tasks = {
        "keep": keep,
        "keep-batches": keep_batches,
        "full": full,
        "full-line": full_line,
        "read-only": read_only,
        "quota": quota,
    }
    tasks[task](Path(folder), *map(int, numbers))  # type: ignore[operator]
