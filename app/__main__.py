"""The door: ``mingjian COMMAND …``. Only the command that was named is imported."""

from __future__ import annotations

import argparse
import ast
import importlib.util
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from app import __version__, kinds
from app.errors import AppError, KindError, SettingsError
from app.language import Catalogue, catalogue, message, system_language

ROOM = "app.commands"
FAILED, WRONG_USE, INTERRUPTED, BROKEN_PIPE = 1, 2, 130, 141
"""128 + 2 and 128 + 13: what a shell reports for a child that these signals ended."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 something failed, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A file name that is no UTF-8 reads as \udcXX, which JSON takes back.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = _dispatch(list(sys.argv[1:] if words is None else words))
        sys.stdout.flush()
    except AppError as error:
        _tell(error)
        return WRONG_USE if isinstance(error, KindError | SettingsError) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Nobody reads any more; without this Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else FAILED
    finally:
        _leave_npu()
    return status


def _leave_npu() -> None:
    """The vendor's library wants to be left once, in order, and not while Python is torn down."""
    if ascend := sys.modules.get("app.engine.ascend"):
        ascend.finish()


def _dispatch(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help"):
        print(_overview(catalogue(system_language())), file=sys.stdout if words else sys.stderr)
        return 0 if words else WRONG_USE
    if words[0] in ("-V", "--version"):
        print(f"mingjian {__version__}")
        return 0
    command = kinds.load(ROOM, words[0])
    parser = argparse.ArgumentParser(prog=f"mingjian {words[0]}")
    command.add_arguments(parser)
    _translate(parser, _summary(words[0]), catalogue(system_language()))
    # Options may stand between the paths; but mixing forgets what “--” means (CPython #60346),
    # and refuses a command of several steps.
    has_steps = any(action.nargs == argparse.PARSER for action in parser._actions)
    is_plain = has_steps or "--" in words
    parse = parser.parse_args if is_plain else parser.parse_intermixed_args
    status: int = command.run(parse(words[1:]))
    return status


def _overview(words: Catalogue) -> str:
    names = kinds.names(ROOM)
    width = max(map(len, names))
    lines = [f"  {name:{width}}  {words.get(_summary(name), _summary(name))}" for name in names]
    return "\n".join(
        [
            message("Mingjian reads documents and says how each value is proven.").text(words),
            "",
            message("usage: mingjian COMMAND …").text(words),
            "",
            *lines,
            "",
            message("“mingjian COMMAND --help” says more; --version says which one this is.").text(
                words
            ),
        ]
    )


def _summary(name: str) -> str:
    """Return the line of a command's docstring behind the colon, without importing it."""
    spec = importlib.util.find_spec(f"{ROOM}.{name}")
    source = spec.loader.get_source(spec.name) if spec and spec.loader else ""  # type: ignore[attr-defined]
    first_line = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]
    return first_line.partition(": ")[2]


def _translate(parser: argparse.ArgumentParser, summary: str, words: Catalogue) -> None:
    parser.description = words.get(summary, summary)
    for action in parser._actions:
        if action.help:
            action.help = words.get(action.help, action.help)
        if isinstance(action, argparse._SubParsersAction):
            for step in action._choices_actions:
                summary = step.help or ""
                _translate(action.choices[step.dest], summary, words)
                step.help = words.get(summary, summary)


def _tell(error: AppError) -> None:
    words = catalogue(system_language())
    print(f"mingjian: {error.what.text(words)}", file=sys.stderr)
    print(f"  {error.hint.text(words)}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
