"""The window; the only room that knows Qt."""

from __future__ import annotations

import os
import sys

from app.settings import Settings, load_settings


def run(settings: Settings | None = None, *, source: str = "") -> int:
    """Open the window and return its exit status once it is closed.

    ``source`` is an address for this time; without it the settings' one, or the bundled samples.
    Raises SettingsError.
    """
    in_force = settings or load_settings()
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        # PySide6 brings no plug-in for fcitx; fcitx also answers as ibus, for which it brings one.
        os.environ["QT_IM_MODULE"] = "ibus"

    from PySide6.QtWidgets import QApplication

    from app.desktop.application import Application
    from app.desktop.parts import Parts

    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("mingjian")
    qt.setStyle("Fusion")
    application = Application(qt, in_force, Parts())
    application.start(source)
    return qt.exec()
