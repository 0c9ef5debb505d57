"""The vendor's library, pyACL: found, called, and its codes made into sentences.

It has no constants: those that are needed stand here, as in acl_base_rt.h, acl_rt.h, acl_mdl.h.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import ModuleType

from app.errors import EngineError
from app.language import Message, message

HOST_TO_DEVICE, DEVICE_TO_HOST, DEVICE_TO_DEVICE = 1, 2, 3
HUGE_FIRST = 0
RUNS_ON_CHIP = 0
"""What get_run_mode says where the program runs on the SoC itself and shares its memory."""
FLOAT, FLOAT16, UINT8 = 0, 1, 4
NHWC = 1
GEAR_INPUT = "ascend_mbatch_shape_data"
"""Name of the last input of a model with gears; what is in it chooses one."""

REPEAT_INITIALIZE = 100002
STREAM_SYNC_TIMEOUT = 507046
LOST = frozenset({207004, 507010, 507015, 507018, 507053, 507054, 507899, 507901})
"""No device, heartbeat, kernel exceptions, memory errors, driver, connection: after one of these
every later call of the process tends to fail."""
_LONGEST = 300
"""Characters of the vendor's message that are shown; the whole is in its own log."""


@dataclass(frozen=True)
class _Fault:
    codes: frozenset[int]
    what: Message
    hint: Message
    code: str


_FAULTS = (
    _Fault(
        LOST,
        message("The NPU {device} was lost ({number}). {told}"),
        message(
            "It is tried again by itself. If it stays so, restart the program, then the machine;"
            " look at the card's power, cooling and seat."
        ),
        "npu-lost",
    ),
    _Fault(
        frozenset({STREAM_SYNC_TIMEOUT, 545601, 507014, 507017}),
        message("The NPU {device} did not answer in time ({number}). {told}"),
        message("It is tried again by itself. If it stays so, restart the program."),
        "npu-timeout",
    ),
    _Fault(
        frozenset({200000, 207001, 207018, 245000}),
        message("The NPU {device} has no memory left ({number}). {told}"),
        message("Close other programs that use the NPU, or choose the CPU."),
        "npu-memory",
    ),
    _Fault(
        frozenset({107001}),
        message("There is no NPU {device} ({number}). {told}"),
        message("“npu-smi info” lists what there is; ASCEND_RT_VISIBLE_DEVICES may hide some."),
        "npu-unknown",
    ),
    _Fault(
        frozenset({145006}),
        message("The model is no whole OM file ({number}). {told}"),
        message("Convert the model pack again for this NPU."),
        "npu-model-broken",
    ),
    _Fault(
        frozenset({100039}),
        message("The NPU's libraries are stubs for compiling only ({number}). {told}"),
        message("Take “devlib” out of LD_LIBRARY_PATH; “source set_env.sh” sets it rightly."),
        "npu-stubs",
    ),
    _Fault(
        frozenset({500000, 507008, 507033}),
        message("The NPU {device} cannot be set up ({number}). {told}"),
        message(
            "Compare driver, firmware and CANN (“npu-smi info -t board -i 0”), and look whether"
            " the user is in the group HwHiAiUser; restart after a change."
        ),
        "npu-setup",
    ),
)
_OTHER = _Fault(
    frozenset(),
    message("The NPU {device} failed ({number}). {told}"),
    message("Try again; if it stays so, convert the model pack again, or choose the CPU."),
    "npu-failed",
)


def library() -> ModuleType | None:
    """Return pyACL, or None where it is not installed.

    Raises EngineError if it is there and cannot be loaded.
    """
    try:
        acl = importlib.import_module("acl")
    except ModuleNotFoundError:
        return None
    except ImportError as error:
        raise EngineError(
            "The NPU's library cannot be loaded: {fault}",
            "Start the program from a shell that has sourced CANN's set_env.sh.",
            "npu-library",
            fault=error,
        ) from error
    # There may be other modules of this name; only pyACL has these.
    return acl if hasattr(acl, "rt") and hasattr(acl, "mdl") else None


def failure(acl: ModuleType, number: int, device: str) -> EngineError:
    """Make a sentence of a code; call it at once, in the thread that was given the code."""
    told = " ".join((acl.get_recent_err_msg() or "").split())[:_LONGEST]
    fault = next((fault for fault in _FAULTS if number in fault.codes), _OTHER)
    return EngineError(
        fault.what.template,
        fault.hint.template,
        fault.code,
        device=device,
        number=number,
        told=told,
    )
