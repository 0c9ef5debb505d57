"""``python -m app.toolchain.specimens OUT``: the same as ``mingjian specimens OUT``."""

from __future__ import annotations

import argparse
import sys

from app.toolchain.specimens._writing import add_arguments, run

parser = argparse.ArgumentParser(prog="mingjian specimens")
add_arguments(parser)
sys.exit(run(parser.parse_args()))
