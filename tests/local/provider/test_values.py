from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st

from engine.local.provider.values import UNKNOWN, from_struct, to_struct

_SCALARS = st.booleans() | st.text() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9)
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)


@given(st.dictionaries(st.text(), _VALUES, max_size=4))
def test_values_survive_the_wire(values: dict[str, object]) -> None:
    assert from_struct(to_struct(values)) == values


def test_an_unknown_value_of_any_type_is_unknown() -> None:
    struct = Struct()
    struct.update({"text": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"})
    struct.update({"list": "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"})
    assert from_struct(struct) == {"text": UNKNOWN, "list": UNKNOWN}
    assert from_struct(to_struct({"a": [UNKNOWN]})) == {"a": [UNKNOWN]}


def test_a_secret_is_its_value_and_nothing_is_left_out() -> None:
    struct = Struct()
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "s"}
    struct.update({"password": secret})
    assert from_struct(struct) == {"password": "s"}
    assert from_struct(to_struct({"absent": None, "there": 1})) == {"there": 1}
