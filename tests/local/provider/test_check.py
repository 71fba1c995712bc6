import pytest

from engine.local.provider.check import failures
from engine.local.provider.fields import block, document, flag, items, mapping, text, whole
from engine.local.provider.values import UNKNOWN

FIELDS = {
    "comment": text(limit=4),
    "enabled": flag(required=True),
    "ttl": whole(span=(1, 3)),
    "policy": document(),
    "tags": mapping(),
    "origins": items(block({"domainName": text(required=True), "kind": text(choices=("s3", "http"))})),
}


def _wrong(**values: object) -> dict[str, str]:
    return {one.property: one.reason for one in failures(FIELDS, {"enabled": True, **values})}


def test_right_inputs_and_unknown_ones_pass() -> None:
    assert _wrong(comment="four", ttl=2, policy="{}", tags={"a": "b"}) == {}
    unknown = dict.fromkeys(FIELDS, UNKNOWN)
    assert list(failures(FIELDS, unknown)) == []
    assert _wrong(origins=[UNKNOWN, {"domainName": UNKNOWN}], tags={"a": UNKNOWN}) == {}


def test_an_unknown_input_is_named_with_the_nearest_known_one() -> None:
    assert _wrong(coment="x") == {"coment": 'unknown input "coment"; did you mean "comment"?'}
    nested = _wrong(origins=[{"domainName": "d", "domain": "x", "zzz": 1}])
    assert 'did you mean "domainName"?' in nested["origins[0].domain"]
    assert "knows domainName, kind" in nested["origins[0].zzz"]


def test_a_missing_required_input_is_named() -> None:
    assert [one.property for one in failures(FIELDS, {})] == ["enabled"]
    assert "origins[0].domainName" in _wrong(origins=[{}])


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("comment", 1, "expected a string, got int"),
        ("comment", "fünf", "5 bytes are more than the 4"),
        ("enabled", "true", "expected a boolean"),
        ("ttl", True, "expected a whole number"),
        ("ttl", 1.5, "expected a whole number"),
        ("ttl", 4, "not between 1 and 3"),
        ("policy", "[", "JSON document"),
        ("tags", {"a": 1}, "map of strings"),
        ("origins", {}, "expected a list"),
        ("origins", ["x"], "expected an object"),
    ],
)
def test_a_wrong_value_says_what_is_expected(name: str, value: object, told: str) -> None:
    assert told in "".join(_wrong(**{name: value}).values())


def test_choices_are_told() -> None:
    wrong = _wrong(origins=[{"domainName": "d", "kind": "ftp"}])
    assert wrong == {"origins[0].kind": '"ftp" is none of s3, http'}
