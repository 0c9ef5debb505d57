"""What the window needs of the desktop: Chinese fonts, xcb's libraries, an input method."""

from __future__ import annotations

from collections.abc import Iterator

from app.doctor import Finding, Level
from app.doctor._machine import Machine
from app.language import message

LIBRARY_FOLDERS = ("/usr/lib/*", "/usr/lib64", "/usr/lib", "/lib/*")
FONTS = ("NotoSansCJK*", "SourceHanSans*", "wqy-*", "*CJK*", "FZ*")


def findings(machine: Machine) -> Iterator[Finding]:
    """Look for fonts, the library whose lack ends Qt, and what types Chinese."""
    yield _fonts(machine)
    yield from _cursor(machine)
    method = machine.environment.get("QT_IM_MODULE", "")
    if method.startswith("fcitx"):
        yield Finding(
            "window-input",
            Level.WARNING,
            message("QT_IM_MODULE is “{method}”.", method=method),
            message("The Qt of this product only brings ibus: Chinese cannot be typed."),
            message("Start with QT_IM_MODULE=ibus; fcitx 5 answers to that, too."),
        )


def _fonts(machine: Machine) -> Finding:
    answer = machine.ask("fc-list", ":lang=zh", "family")
    has_files = any(
        machine.names(f"/usr/share/fonts/{depth}{name}")
        for depth in ("", "*/", "*/*/")
        for name in FONTS
    )
    if has_files or (answer is not None and answer.text.strip()):
        return Finding("window-font", Level.FINE, message("Chinese fonts are installed."))
    return Finding(
        "window-font",
        Level.WARNING,
        message("No Chinese font is found."),
        message("The window shows boxes in the place of characters."),
        message("Install one, for example the package fonts-noto-cjk."),
    )


def _cursor(machine: Machine) -> Iterator[Finding]:
    if any(machine.names(f"{folder}/libxcb-cursor.so.0") for folder in LIBRARY_FOLDERS):
        return
    yield Finding(
        "window-xcb",
        Level.WARNING,
        message("libxcb-cursor.so.0 is missing."),
        message("Where the product's package does not bring it, the window does not open."),
        message("Install libxcb-cursor0 (xcb-util-cursor on openEuler)."),
    )
