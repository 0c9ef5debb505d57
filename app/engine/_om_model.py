"""One OM model on a lane: loaded once, its buffers allocated once, run as often as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import _acl
from app.engine._gears import Gear, Shape
from app.engine._lane import Lane
from app.errors import EngineError

_TYPES: dict[int, type[np.generic]] = {
    _acl.FLOAT: np.float32,
    _acl.FLOAT16: np.float16,
    _acl.UINT8: np.uint8,
}


class OmModel:
    """A model with one input, whose first output is wanted."""

    def __init__(self, lane: Lane, content: bytes, name: str) -> None:
        self._lane, self._acl, self._mdl, self._name = lane, lane.acl, lane.acl.mdl, name
        self._shapes: dict[Shape, Shape] = {}
        with lane.entered(), ExitStack() as undo:
            self._model = self._load(content, undo)
            self._desc: int = self._mdl.create_desc()
            undo.callback(self._mdl.destroy_desc, self._desc)
            lane.check(self._mdl.get_desc(self._desc, self._model))
            self._describe()
            self._inputs = self._dataset("input", undo)
            self._outputs = self._dataset("output", undo)
            self._undo = undo.pop_all()
        lane.guests.append(self.close)

    def close(self) -> None:
        """Unload the model and free its buffers; closing twice is allowed."""
        if self.close not in self._lane.guests:
            return
        self._lane.guests.remove(self.close)
        with self._lane.left():
            self._undo.close()

    def run(self, array: NDArray[Any], gear: Gear) -> NDArray[Any]:
        """Run on an array of exactly the gear's shape and the model's type; other threads run on.

        Raises EngineError.
        """
        lane, acl = self._lane, self._acl
        with lane.entered():
            (target, room), *_ = self._inputs[1]
            kind = _acl.DEVICE_TO_DEVICE if lane.shares_memory else _acl.HOST_TO_DEVICE
            source = array.ctypes.data
            lane.check(acl.rt.memcpy(target, room, source, array.nbytes, kind))
            self._choose(gear)
            datasets = self._inputs[0], self._outputs[0]
            lane.check(self._mdl.execute_async(self._model, *datasets, lane.stream))
            lane.wait()
            return self._output(gear)

    def _load(self, content: bytes, undo: ExitStack) -> int:
        """Load from memory, so that what runs are the very bytes that were verified."""
        lane, acl = self._lane, self._acl
        size = len(content)
        with ExitStack() as lent:
            source = address = acl.util.bytes_to_ptr(content)
            if lane.shares_memory:
                address = lane.made(acl.rt.malloc(size, _acl.HUGE_FIRST))
                lent.callback(acl.rt.free, address)
                lane.check(acl.rt.memcpy(address, size, source, size, _acl.DEVICE_TO_DEVICE))
            model = lane.made(self._mdl.load_from_mem(address, size))
        undo.callback(self._mdl.unload, model)
        return model

    def _describe(self) -> None:
        """Learn the input's type and layout, and the gears."""
        mdl, desc = self._mdl, self._desc
        names = [
            mdl.get_input_name_by_index(desc, index) for index in range(mdl.get_num_inputs(desc))
        ]
        has_gears = names[-1:] == [_acl.GEAR_INPUT]
        sizes = [mdl.get_input_size_by_index(desc, index) for index in range(len(names))]
        if len(names) != 1 + has_gears or not all(sizes):
            raise self._unfit()
        dtype = mdl.get_input_data_type(desc, 0)
        if dtype not in _TYPES or mdl.get_output_data_type(desc, 0) not in _TYPES:
            raise self._unfit()
        self.dtype = np.dtype(_TYPES[dtype])
        self._output_dtype = np.dtype(_TYPES[mdl.get_output_data_type(desc, 0)])
        self.takes_pixels = mdl.get_input_format(desc, 0) == _acl.NHWC
        """N×H×W×C bytes, normalised on the chip."""
        dims = self._dims(mdl.get_input_dims(desc, 0))
        self._kind, values = self._gear_values() if has_gears else ("", [()])
        self.gears = tuple(Gear(self._as_nchw(_filled(dims, v)), v) for v in values)

    def _gear_values(self) -> tuple[str, list[Shape]]:
        mdl, desc = self._mdl, self._desc
        told, number = mdl.get_dynamic_batch(desc)
        self._lane.check(number)
        if told["batchCount"]:
            return "batch", [(size,) for size in told["batch"]]
        told, number = mdl.get_dynamic_hw(desc, -1)
        self._lane.check(number)
        if told["hwCount"]:
            return "hw", [tuple(size) for size in told["hw"]]
        count = self._lane.made(mdl.get_input_dynamic_gear_count(desc, -1))
        told, number = mdl.get_input_dynamic_dims(desc, -1, count)
        self._lane.check(number)
        return "dims", [tuple(each["dims"]) for each in told]

    def _as_nchw(self, shape: Shape) -> Shape:
        if not self.takes_pixels:
            return shape
        batch, height, width, channels = shape
        return batch, channels, height, width

    def _dataset(self, side: str, undo: ExitStack) -> tuple[int, list[tuple[int, int]]]:
        """Make a dataset of freshly allocated buffers; returns (address, size) of each."""
        lane, acl, mdl = self._lane, self._acl, self._mdl
        dataset: int = mdl.create_dataset()
        undo.callback(mdl.destroy_dataset, dataset)
        blocks = []
        for index in range(getattr(mdl, f"get_num_{side}s")(self._desc)):
            size: int = getattr(mdl, f"get_{side}_size_by_index")(self._desc, index)
            if not size:
                raise self._unfit()
            address = lane.made(acl.rt.malloc(size, _acl.HUGE_FIRST))
            undo.callback(acl.rt.free, address)
            buffer = acl.create_data_buffer(address, size)
            undo.callback(acl.destroy_data_buffer, buffer)
            lane.made(mdl.add_dataset_buffer(dataset, buffer))
            blocks.append((address, size))
        return dataset, blocks

    def _choose(self, gear: Gear) -> None:
        """Write the gear into the model's last input, once a run, as the library wants it."""
        if not self._kind:
            return
        mdl, where = self._mdl, (self._model, self._inputs[0], len(self._inputs[1]) - 1)
        if self._kind == "batch":
            number = mdl.set_dynamic_batch_size(*where, *gear.value)
        elif self._kind == "hw":
            number = mdl.set_dynamic_hw_size(*where, *gear.value)
        else:
            dims = {"name": "", "dimCount": len(gear.value), "dims": list(gear.value)}
            number = mdl.set_input_dynamic_dims(*where, dims)
        self._lane.check(number)

    def _output(self, gear: Gear) -> NDArray[Any]:
        shape = self._shapes.get(gear.value)
        if shape is None:
            mdl = self._mdl
            dims_of = mdl.get_cur_output_dims if self._kind else mdl.get_output_dims
            shape = self._shapes[gear.value] = self._dims(dims_of(self._desc, 0))
        found = np.empty(shape, self._output_dtype)
        source, _ = self._outputs[1][0]
        kind = _acl.DEVICE_TO_DEVICE if self._lane.shares_memory else _acl.DEVICE_TO_HOST
        size = found.nbytes
        self._lane.check(self._acl.rt.memcpy(found.ctypes.data, size, source, size, kind))
        return found

    def _dims(self, answer: tuple[dict[str, Any], int]) -> Shape:
        told, number = answer
        self._lane.check(number)
        return tuple(told["dims"])

    def _unfit(self) -> EngineError:
        return EngineError(
            "The OM model of the pack {pack} is not laid out as this product needs it.",
            "Convert the pack with “mingjian model convert”.",
            "npu-model-unfit",
            pack=self._name,
        )


def _filled(dims: Sequence[int], value: Shape) -> Shape:
    """Put a gear's value where -1 stands; a value may also be every dimension."""
    if len(value) == len(dims):
        return value
    free = iter(value)
    return tuple(next(free) if size == -1 else size for size in dims)
