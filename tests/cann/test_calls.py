"""How pyACL is called, in what state, and what it answers."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from cann import acl
from cann.machine import Machine

TESTS = Path(__file__).resolve().parent.parent


def test_the_module_has_its_submodules_and_no_constants() -> None:
    for name in ("rt", "mdl", "media", "op", "blas", "util", "prof", "himpi", "fv"):
        assert hasattr(acl, name)
    rooms = (acl, acl.rt, acl.mdl, acl.util)
    assert [n for room in rooms for n in dir(room) if n.startswith("ACL_")] == []


def test_arguments_are_positional_only_and_wrong_ones_are_type_errors(context: int) -> None:
    with pytest.raises(TypeError, match="takes no keyword arguments"):
        acl.rt.malloc(size=64, policy=0)
    with pytest.raises(TypeError, match=r"^acl\.rt\.malloc args parse failed$"):
        acl.rt.malloc(64)
    with pytest.raises(TypeError, match=r"^acl\.mdl\.unload args parse failed!$"):
        acl.mdl.unload("1")
    with pytest.raises(TypeError):
        acl.rt.free(np.uint64(1))
    with pytest.raises(TypeError):
        acl.rt.set_device(1 << 40)


def test_a_failure_is_a_code_in_the_place_of_the_result(context: int) -> None:
    assert acl.rt.malloc(0, 0) == (0, 100000)
    assert acl.mdl.load_from_file("/nowhere.om") == (0, 145002)
    assert acl.mdl.unload(1) == 145003
    assert acl.rt.destroy_stream(77) == 107017
    assert acl.mdl.create_dataset() > 0
    assert acl.get_data_buffer_addr(12345) == 0


def test_nothing_answers_before_init_and_init_is_once(machine: Machine) -> None:
    assert acl.rt.set_device(0) == 100001
    assert acl.init() == 0
    assert acl.init() == 100002
    assert acl.finalize_reference() == (1, 0)
    assert acl.finalize() == 0
    assert acl.finalize() == 100037
    assert acl.finalize_reference() == (0, 100037)


def test_init_without_a_device_is_an_internal_error(machine: Machine) -> None:
    machine.power_on(devices=0)
    assert acl.init() == 500000


def test_the_last_message_is_told_once_and_to_its_thread_only(context: int) -> None:
    acl.mdl.load_from_file("/nowhere.om")
    acl.rt.malloc(0, 0)
    elsewhere: list[str | None] = []
    thread = threading.Thread(target=lambda: elsewhere.append(acl.get_recent_err_msg()))
    thread.start()
    thread.join()
    assert elsewhere == [None]
    told = acl.get_recent_err_msg()
    assert told is not None
    assert told.startswith("EH0002")
    assert "E13000" in told
    assert acl.get_recent_err_msg() is None


def test_a_thread_has_no_context_until_it_sets_one(context: int) -> None:
    answers: list[object] = []

    def work() -> None:
        answers.append(acl.rt.malloc(64, 0)[1])
        answers.append(acl.rt.get_context())
        answers.append(acl.rt.set_context(context))
        answers.append(acl.rt.get_context())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert answers == [107002, (0, 107002), 0, (context, 0)]


def test_a_device_is_counted_and_its_last_reset_kills_what_it_held(context: int) -> None:
    assert acl.rt.set_device(0) == 0
    assert acl.rt.reset_device(0) == 0
    assert acl.rt.set_context(context) == 0
    assert acl.rt.reset_device(0) == 0
    assert acl.rt.set_context(context) == 107002
    assert acl.rt.reset_device(0) == 107002
    assert acl.rt.set_device(3) == 107001


def test_the_chip_names_itself_an_emulation(context: int) -> None:
    assert acl.get_soc_name() == "Ascend310P3_emulation"
    assert "emulation" in acl.get_cann_version(0)[0]["version"]


def test_a_chip_has_only_so_many_streams(machine: Machine) -> None:
    machine.power_on("Ascend310B4")
    acl.init()
    acl.rt.set_device(0)
    assert {acl.rt.create_stream()[1] for _ in range(512)} == {0}
    assert acl.rt.create_stream() == (0, 207008)


def test_what_is_left_open_is_reported_at_the_end(stream: int, machine: Machine) -> None:
    acl.rt.malloc(64, 0)
    acl.rt.malloc_host(64)
    acl.create_data_buffer(0, 0)
    assert acl.finalize() == 0
    assert machine.report == [
        "1 × Context",
        "1 × DataBuffer",
        "1 × Stream",
        "1 × device memory",
        "1 × host memory",
        "device 0 set 1 times",
    ]


def test_after_a_lost_device_every_call_fails_but_the_books_close(
    context: int, machine: Machine
) -> None:
    address, _ = acl.rt.malloc(64, 0)
    machine.fail("acl.rt.memset", 507010, "EL0001: Device_Absent")
    assert acl.rt.memset(address, 64, 0, 64) == 507010
    assert acl.rt.malloc(64, 0) == (0, 507010)
    assert acl.rt.query_device_status(0) == (1, 0)
    assert acl.rt.free(address) == 507010
    assert acl.rt.destroy_context(context) == 507010
    assert acl.rt.reset_device_force(0) == 507010
    assert machine.leaks() == []
    assert acl.rt.set_device(0) == 507010


def test_a_fault_comes_when_and_as_often_as_it_was_ordered(context: int, machine: Machine) -> None:
    machine.fail("acl.rt.malloc", 207001, after=1, times=2)
    assert [acl.rt.malloc(64, 0)[1] for _ in range(4)] == [0, 207001, 207001, 0]


def test_a_process_of_its_own_imports_the_module_by_its_real_name() -> None:
    path = f"{TESTS / 'cann' / 'path'}:{TESTS}"
    program = "import acl; print(acl.rt.get_device_count(), acl.init(), acl.rt.set_device(0))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["(1,", "0)", "0", "0"]
