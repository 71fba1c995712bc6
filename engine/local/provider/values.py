"""Pulumi property values as plain Python values, and back.

Text, numbers, booleans, lists and dicts stand for themselves; :data:`UNKNOWN` stands for an output that a
preview does not know yet, :class:`Archive` for a file archive. Integral numbers become ``int``: protobuf has
only floats. The markers are those of ``sdk/go/common/resource`` (sig.go) and
``sdk/go/common/resource/plugin`` (rpc.go) of Pulumi.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from google.protobuf.struct_pb2 import Struct, Value

Values = dict[str, Any]

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_WRAPPED = {"1b47061264138c4ac30d75fd1eb44270", "d0e6a833031e9bbcd3f4e8bde6ca49a4"}  # a secret, an output
_ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7"
_UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_UNKNOWNS = {
    _UNKNOWN_TEXT,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # boolean
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
    "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
    "e48ece36-62e2-4504-bad9-02848725956a",  # archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
}


@dataclass(frozen=True, slots=True)
class Archive:
    """A file with a folder's content in it: where it is on this machine, and the engine's hash of it."""

    path: str
    hash: str


class Unknown:
    """The type of :data:`UNKNOWN`."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


def from_struct(struct: Struct) -> Values:
    """The properties of a request as Python values."""
    return {name: _from_value(value) for name, value in struct.fields.items()}


def to_struct(values: Mapping[str, Any]) -> Struct:
    """Python values as the properties of a response. A value that is None is left out."""
    from google.protobuf.struct_pb2 import Struct

    return Struct(fields={name: _to_value(value) for name, value in values.items() if value is not None})


def _from_value(value: Value) -> Any:
    match value.WhichOneof("kind"):
        case "string_value":
            return UNKNOWN if value.string_value in _UNKNOWNS else value.string_value
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_from_value(item) for item in value.list_value.values]
        case "struct_value":
            return _from_fields(value.struct_value)
    return None


def _from_fields(struct: Struct) -> Any:
    mark = struct.fields[_SIGNATURE].string_value if _SIGNATURE in struct.fields else ""
    if mark == _ARCHIVE:
        return Archive(struct.fields["path"].string_value, struct.fields["hash"].string_value)
    if mark not in _WRAPPED:
        return from_struct(struct)
    return _from_value(struct.fields["value"]) if "value" in struct.fields else UNKNOWN


def _to_value(value: Any) -> Value:
    from google.protobuf.struct_pb2 import ListValue, NullValue, Value

    match value:
        case Unknown():
            return Value(string_value=_UNKNOWN_TEXT)
        case Archive():
            return _to_value({_SIGNATURE: _ARCHIVE, "path": value.path, "hash": value.hash})
        case bool():
            return Value(bool_value=value)
        case int() | float():
            return Value(number_value=value)
        case str():
            return Value(string_value=value)
        case Mapping():
            return Value(struct_value=to_struct(value))
        case list() | tuple():
            return Value(list_value=ListValue(values=[_to_value(item) for item in value]))
        case None:
            return Value(null_value=NullValue.NULL_VALUE)
    raise TypeError(f"no property value: {value!r}")
