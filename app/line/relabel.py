"""The queue of parts worth a second look, exported as a COCO set for the next training."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.engine._pack import load_pack
from app.errors import EngineError, RecordError
from app.line._coco import CocoSet
from app.records import Filters, KeepPicture, Records, disk
from app.records.faults import told
from app.records.pictures import lossless
from app.vocabulary import Decision, Record

LISTING = "annotations.json"
_LOST = {"picture-missing", "picture-altered"}


@dataclass(frozen=True, slots=True)
class Relabelled:
    """What came of an export."""

    exported: int
    unjudged: int = 0
    """Of them, REVIEW: no person has said yet what they are."""
    undrawn: int = 0
    """Of them, NG by the inspector's word without a box: draw the defect before training."""
    unfit: int = 0
    """Left out, since only a small picture of them was kept, or none: not fit to learn from."""
    lost: int = 0
    """Left out, since their picture is gone or altered."""


def queue_of(recipe: str = "") -> Filters:
    """Return what finds the parts that wait: REVIEW or overruled, and not yet exported."""
    return Filters(relabel=True, recipe=recipe or None)


def pack_labels(pack: str) -> tuple[str, ...]:
    """Return the classes of a model pack; none if it is no longer here."""
    try:
        return load_pack(pack).labels()
    except EngineError:
        return ()


def export_coco(
    records: Records,
    folder: Path,
    recipe: str = "",
    *,
    tell: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Relabelled | None:
    """Write the parts that wait, of one recipe or all, as a COCO set; None if cancelled.

    ``folder`` gets ``images/`` and ``annotations.json``, all of it or nothing, and only then the
    parts leave the queue; where none waits there is no folder. The boxes are what was found, for a
    person to correct. Raises RecordError if the folder is there already or cannot be written.
    """
    with told(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise RecordError(
                "There is something in {folder} already.",
                "Choose a new folder; an older set is never overwritten.",
                "folder-not-empty",
                folder=folder,
            )
        disk.make_folder(folder.absolute().parent)
        with tempfile.TemporaryDirectory(
            prefix=".mingjian-export-", dir=folder.absolute().parent
        ) as work:
            run = _Run(records, Path(work) / "set")
            if not run.goes_through(recipe, tell, cancelled):
                return None
            if run.done:
                run.finish(folder)
    records.mark_exported(run.done)
    return run.result()


class _Run:
    """One export on its way."""

    def __init__(self, records: Records, work: Path) -> None:
        self.done: list[Record] = []
        self._records = records
        self._work = work
        self._coco = CocoSet()
        self._packs: set[str] = set()
        self._unfit = self._lost = 0

    def goes_through(
        self,
        recipe: str,
        tell: Callable[[float], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> bool:
        """Write every picture; False if cancelled."""
        wanted = queue_of(recipe)
        fit = Filters(**wanted, picture=KeepPicture.FULL)
        total = self._records.count(**fit)
        self._unfit = self._records.count(**wanted) - total
        for number, record in enumerate(self._records.each(**fit), 1):
            if cancelled and cancelled():
                return False
            self._take(record)
            if tell:
                tell(min(1.0, number / max(1, total)))
        return not (cancelled and cancelled())

    def finish(self, folder: Path) -> None:
        """Put the whole set in its place."""
        disk.write_file(self._work / LISTING, self._coco.text().encode())
        for each in (*self._work.glob("images/*"), self._work / "images", self._work):
            disk.sync_folder(each)
        self._work.replace(folder)
        disk.sync_folder(folder.absolute().parent)

    def result(self) -> Relabelled:
        """Return what came of it."""
        unjudged = sum(part.decision is Decision.REVIEW for part in self.done)
        undrawn = sum(
            part.decision is Decision.NG and not part.reading.detections for part in self.done
        )
        return Relabelled(len(self.done), unjudged, undrawn, self._unfit, self._lost)

    def _take(self, record: Record) -> None:
        try:
            bgr = self._records.picture(record.id)
        except RecordError as error:
            if error.code not in _LOST:
                raise
            self._lost += 1
            return
        if max(bgr.shape[:2]) == 1:  # stands for a picture that could not be read
            self._unfit += 1
            return
        for pack, _ in record.engine.models:
            if pack not in self._packs:
                self._packs.add(pack)
                self._coco.add_labels(pack_labels(pack))
        name = self._coco.add(record, bgr.shape[1], bgr.shape[0])
        target = self._work / "images" / name
        disk.make_folder(target.parent)
        disk.write_file(target, lossless(bgr))
        self.done.append(record)
