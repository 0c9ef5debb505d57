"""The half of `acl.mdl` that tells what a model is like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cann import codes
from cann.calls import call, getter, parsed
from cann.machine import MACHINE, Refused
from cann.program import GEAR_INPUT, INT64, Program, Tensor, load, read_file

_ND = 2
_MOST_GEARS = 4096


@dataclass(eq=False)
class Description:
    """What get_desc fills."""

    program: Program | None = None
    is_of_model: bool = False


def _model(handle: int) -> Program:
    program: Program = MACHINE.find(handle, Program, codes.GE_MODEL_ID)
    return program


@getter("acl.mdl.create_desc")
def create_desc() -> int:
    return MACHINE.add(Description())


@call("acl.mdl.destroy_desc", "k", is_local=True)
def destroy_desc(handle: int) -> None:
    MACHINE.drop(handle, Description)


@call("acl.mdl.get_desc", "kk")
def get_desc(handle: int, model: int) -> None:
    description = MACHINE.find(handle, Description)
    description.program, description.is_of_model = _model(model), True


@call("acl.mdl.get_desc_from_file", "ks")
def get_desc_from_file(handle: int, path: str) -> None:
    MACHINE.find(handle, Description).program = load(read_file(path), None)


def _described(handle: int) -> Program:
    program: Program | None = MACHINE.find(handle, Description).program
    if program is None:
        raise Refused(codes.INVALID_PARAM, "EH0001: the description is empty")
    return program


def _inputs(handle: int) -> list[Tensor]:
    program = _described(handle)
    if not program.gear_kind:
        return program.inputs
    length = program.gear_input_size
    extra = Tensor(GEAR_INPUT, INT64, _ND, [length // 8 or 1], [[length // 8 or 1]])
    return [*program.inputs, extra]


def _at(tensors: list[Tensor], index: int) -> Tensor:
    if not 0 <= index < len(tensors):
        raise Refused(codes.INVALID_PARAM, f"EH0001: there is no tensor {index}")
    return tensors[index]


@getter("acl.mdl.get_num_inputs", "k")
def get_num_inputs(handle: int) -> int:
    return len(_inputs(handle))


@getter("acl.mdl.get_num_outputs", "k")
def get_num_outputs(handle: int) -> int:
    return len(_described(handle).outputs)


@getter("acl.mdl.get_input_size_by_index", "kk")
def get_input_size_by_index(handle: int, index: int) -> int:
    tensor = _at(_inputs(handle), index)
    return _described(handle).gear_input_size if tensor.name == GEAR_INPUT else tensor.most


@getter("acl.mdl.get_output_size_by_index", "kk")
def get_output_size_by_index(handle: int, index: int) -> int:
    return _at(_described(handle).outputs, index).most


def _dims(tensor: Tensor, dims: list[int]) -> dict[str, Any]:
    return {"name": tensor.name, "dimCount": len(dims), "dims": list(dims)}


@call("acl.mdl.get_input_dims", "kk", blank=({},))
def get_input_dims(handle: int, index: int) -> dict[str, Any]:
    tensor = _at(_inputs(handle), index)
    return _dims(tensor, tensor.dims)


@call("acl.mdl.get_input_dims_v2", "kk", blank=({},))
def get_input_dims_v2(handle: int, index: int) -> dict[str, Any]:
    tensor = _at(_inputs(handle), index)
    return _dims(tensor, tensor.dims)


@call("acl.mdl.get_output_dims", "kk", blank=({},))
def get_output_dims(handle: int, index: int) -> dict[str, Any]:
    tensor = _at(_described(handle).outputs, index)
    return _dims(tensor, tensor.gears[_described(handle).largest])


@call("acl.mdl.get_cur_output_dims", "kk", blank=({},))
def get_cur_output_dims(handle: int, index: int) -> dict[str, Any]:
    program = _described(handle)
    if not MACHINE.find(handle, Description).is_of_model:
        raise Refused(codes.INVALID_PARAM, "EH0001: the description is of a file")
    tensor = _at(program.outputs, index)
    return _dims(tensor, tensor.gears[program.gear])


@getter("acl.mdl.get_input_name_by_index", "kk", blank="")
def get_input_name_by_index(handle: int, index: int) -> str:
    return _at(_inputs(handle), index).name


@getter("acl.mdl.get_output_name_by_index", "kk", blank="")
def get_output_name_by_index(handle: int, index: int) -> str:
    return _at(_described(handle).outputs, index).name


@getter("acl.mdl.get_input_format", "kk", blank=-1)
def get_input_format(handle: int, index: int) -> int:
    return _at(_inputs(handle), index).format


@getter("acl.mdl.get_output_format", "kk", blank=-1)
def get_output_format(handle: int, index: int) -> int:
    return _at(_described(handle).outputs, index).format


@getter("acl.mdl.get_input_data_type", "kk", blank=-1)
def get_input_data_type(handle: int, index: int) -> int:
    return _at(_inputs(handle), index).dtype


@getter("acl.mdl.get_output_data_type", "kk", blank=-1)
def get_output_data_type(handle: int, index: int) -> int:
    return _at(_described(handle).outputs, index).dtype


def _index(tensors: list[Tensor], name: str) -> int:
    names = [tensor.name for tensor in tensors]
    if name not in names:
        raise Refused(codes.INVALID_PARAM, f"EH0001: there is no tensor {name}")
    return names.index(name)


@call("acl.mdl.get_input_index_by_name", "ks", blank=(0,))
def get_input_index_by_name(handle: int, name: str) -> int:
    return _index(_inputs(handle), name)


@call("acl.mdl.get_output_index_by_name", "ks", blank=(0,))
def get_output_index_by_name(handle: int, name: str) -> int:
    return _index(_described(handle).outputs, name)


def _gears(handle: int, kind: str) -> list[list[int]]:
    program = _described(handle)
    return program.gear_values if program.gear_kind == kind else []


@call("acl.mdl.get_dynamic_batch", "k", blank=({},))
def get_dynamic_batch(handle: int) -> dict[str, Any]:
    values = [value for (value,) in _gears(handle, "batch")]
    return {"batchCount": len(values), "batch": values}


@call("acl.mdl.get_dynamic_hw", "ki", blank=({},))
def get_dynamic_hw(handle: int, index: int) -> dict[str, Any]:
    values = _gears(handle, "hw")
    return {"hwCount": len(values), "hw": [list(value) for value in values]}


@call("acl.mdl.get_input_dynamic_gear_count", "ki", blank=(0,))
def get_input_dynamic_gear_count(handle: int, index: int) -> int:
    return len(_gears(handle, "dims"))


def get_input_dynamic_dims(*arguments: Any, **keywords: Any) -> tuple[Any, int]:
    name = "acl.mdl.get_input_dynamic_dims"
    handle, _, count = parsed(name, "kik", arguments, keywords)
    if count > _MOST_GEARS:
        return None, codes.INVALID_PARAM
    values = _gears(handle, "dims")[:count]
    return [{"name": "", "dimCount": len(v), "dims": list(v)} for v in values], 0


__all__ = [name for name in dir() if name.startswith(("get_", "create_desc", "destroy_desc"))]
