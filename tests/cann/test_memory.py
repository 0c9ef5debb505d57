"""Two address spaces on a card, one on a chip that runs the program."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import numpy as np
import pytest

from cann import acl
from cann.calls import Crash
from cann.machine import Machine
from cann.memory import DEVICE_SPACE

H2D, D2H, D2D = 1, 2, 3


def test_what_is_copied_to_the_device_comes_back(context: int) -> None:
    sent = bytes(range(200))
    address, code = acl.rt.malloc(200, 0)
    assert (address % 64, code) == (0, 0)
    assert acl.rt.memcpy(address, 200, acl.util.bytes_to_ptr(sent), 200, H2D) == 0
    host, _ = acl.rt.malloc_host(200)
    assert acl.rt.memcpy(host, 200, address, 200, D2H) == 0
    assert acl.util.ptr_to_bytes(host, 200) == sent
    array = np.zeros(50, np.uint8)
    assert acl.rt.memcpy(array.ctypes.data, 50, address + 100, 50, D2H) == 0
    assert array.tobytes() == sent[100:150]
    assert (acl.rt.free(address), acl.rt.free_host(host)) == (0, 0)


def test_fresh_memory_is_garbage_not_zero(context: int) -> None:
    address, _ = acl.rt.malloc(8, 0)
    array = np.zeros(8, np.uint8)
    acl.rt.memcpy(array.ctypes.data, 8, address, 8, D2H)
    assert array.all()


def test_a_copy_stays_within_both_its_blocks(context: int) -> None:
    address, _ = acl.rt.malloc(64, 0)
    other, _ = acl.rt.malloc(128, 0)
    source = acl.util.bytes_to_ptr(b"x" * 128)
    assert acl.rt.memcpy(address, 64, source, 65, H2D) == 107000
    assert acl.rt.memcpy(address, 128, source, 65, H2D) == 107000
    assert acl.rt.memcpy(address + 32, 64, source, 8, H2D) == 107000
    assert acl.rt.memcpy(address, 64, other + 100, 64, D2D) == 107000
    assert acl.rt.memcpy(0, 64, source, 8, H2D) == 100000
    assert acl.rt.memcpy(address, 64, source, 8, 99) == 100000
    assert acl.rt.memcpy(address, 64, source, 0, H2D) == 0


def test_a_copy_in_the_wrong_direction_is_refused_on_a_card(context: int) -> None:
    address, _ = acl.rt.malloc(64, 0)
    assert acl.rt.memcpy(address, 64, acl.util.bytes_to_ptr(b"x" * 8), 8, D2H) == 107000


def test_memory_is_freed_once_and_by_the_call_that_fits(context: int) -> None:
    address, _ = acl.rt.malloc(64, 0)
    host, _ = acl.rt.malloc_host(64)
    assert acl.rt.free(host) == 107000
    assert acl.rt.free_host(address) == 107000
    assert acl.rt.free(address) == 0
    assert acl.rt.free(address) == 107000
    assert acl.rt.free(0) == 100000
    assert acl.rt.memcpy(address, 64, acl.util.bytes_to_ptr(b"x" * 8), 8, H2D) == 107000


def test_a_full_device_says_so_and_has_room_again_after_a_free(machine: Machine) -> None:
    machine.power_on(memory=1000)
    acl.init()
    acl.rt.set_device(0)
    address, _ = acl.rt.malloc(900, 0)
    assert acl.rt.malloc(100, 0) == (0, 207001)
    acl.rt.free(address)
    assert acl.rt.get_mem_info(0) == (1000, 1000, 0)
    assert acl.rt.malloc(900, 0)[1] == 0


def test_the_host_cannot_read_what_lies_on_a_card(context: int) -> None:
    address, _ = acl.rt.malloc(64, 0)
    assert address in DEVICE_SPACE
    with pytest.raises(Crash):
        acl.util.ptr_to_bytes(address, 8)
    reading = f"import ctypes; print(ctypes.string_at({address}, 8))"
    done = subprocess.run([sys.executable, "-c", reading], capture_output=True, check=False)
    assert done.returncode < 0


def test_a_chip_that_runs_the_program_shares_its_memory(machine: Machine) -> None:
    machine.power_on("Ascend310B4", run_mode=0)
    acl.init()
    acl.rt.set_device(0)
    assert acl.rt.get_run_mode() == (0, 0)
    address, _ = acl.rt.malloc(8, 0)
    assert acl.rt.memset(address, 8, 7, 8) == 0
    assert ctypes.string_at(address, 8) == b"\7" * 8


def test_pointers_are_made_of_exactly_what_the_library_takes() -> None:
    with pytest.raises(ValueError, match="needs an byte as argument"):
        acl.util.bytes_to_ptr(bytearray(b"x"))
    with pytest.raises(ValueError, match="array"):
        acl.util.numpy_to_ptr(b"x")
    array = np.arange(4, dtype=np.float32)
    with pytest.warns(DeprecationWarning, match="deprecated"):
        assert acl.util.numpy_to_ptr(array) == array.ctypes.data
    with pytest.warns(DeprecationWarning, match="deprecated"):
        seen = acl.util.ptr_to_numpy(array.ctypes.data, (2, 2), 11)
    array[3] = 9
    assert seen.tolist() == [[0, 1], [2, 9]]
