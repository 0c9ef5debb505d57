"""Thousands of mutated files: each gives valid frames or one BadPicture, and nothing else happens.

``MINGJIAN_FUZZ=200000`` throws as many, with another seed each time.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from capture import mutate

COUNT = int(os.environ.get("MINGJIAN_FUZZ", "3000"))
SEED = random.SystemRandom().randrange(1 << 30) if "MINGJIAN_FUZZ" in os.environ else 20261122
MOST_MB = 1000
"""A mutant may declare the 100 megapixels that are allowed, held once decoded and once as BGR."""


@pytest.mark.timeout(100 + COUNT)
def test_thousands_of_mutated_files_neither_crash_nor_block_nor_fill_the_memory(
    tmp_path: Path,
) -> None:
    # A child, so that a crash is told with its mutant, and memory is counted for it alone.
    command = [sys.executable, "-W", "error", mutate.__file__, str(tmp_path), str(SEED), str(COUNT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100 + COUNT, check=False)
    assert done.returncode == 0, f"seed {SEED}, mutant kept in {tmp_path}: {done.stderr[-2000:]}"
    assert done.stderr == ""
    read, refused, most_mb = map(int, done.stdout.split())
    assert read > COUNT // 10
    assert refused > COUNT // 10
    assert most_mb < MOST_MB
