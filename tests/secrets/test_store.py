"""Secrets in SSM Parameter Store."""

import pytest
from botocore.exceptions import ClientError

from engine.errors import PrerequisiteError, UsageError
from engine.secrets.store import SecretStore


def test_set_read_change_remove(ssm):
    store = SecretStore(ssm, "notes", key="alias/windlass")
    assert store.set("A", "prod", "one")
    first = store.get(["A"], ["prod"])[0]
    assert not store.set("A", "prod", "two")
    second = store.get(["A"], ["prod"])[0]
    assert (first.value, second.value) == ("one", "two")
    assert first.stamp != second.stamp
    assert store.remove("A", "prod")
    assert not store.remove("A", "prod")
    assert store.get(["A"], ["prod"]) == ()
    first_put, *_, last_put = [asked for verb, asked in ssm.calls if verb == "put"]
    assert first_put["Type"] == "SecureString" and first_put["KeyId"] == "alias/windlass"
    assert {"Key": "windlass:app", "Value": "notes"} in first_put["Tags"] and "Overwrite" not in first_put
    assert last_put["Overwrite"] and "Tags" not in last_put


def test_the_same_version_of_another_life_has_another_stamp(ssm):
    store = SecretStore(ssm, "notes")
    store.set("A", "prod", "one")
    first = store.get(["A"], ["prod"])[0]
    store.remove("A", "prod")
    store.set("A", "prod", "two")
    assert store.get(["A"], ["prod"])[0].stamp != first.stamp


def test_many_are_read_ten_at_a_time(ssm):
    store = SecretStore(ssm, "notes")
    names = [f"N{n}" for n in range(25)]
    for name in names:
        store.set(name, "prod", name)
    assert [secret.value for secret in store.get(names, ["prod", "_shared"])] == names


def test_only_those_of_the_application_are_listed(ssm):
    store = SecretStore(ssm, "notes")
    store.set("B", "prod", "x")
    store.set("A", "_shared", "x")
    SecretStore(ssm, "notes-web").set("C", "prod", "x")
    ssm.put_parameter(Name="/windlass/notes/prod/deeper/D", Value="x")
    assert [(s.name, s.scope) for s in store.stored()] == [("A", "_shared"), ("B", "prod")]
    assert [s.name for s in store.stored("prod")] == ["B"]
    assert "cipher" not in repr(store.stored())


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "is empty"),
        ("x" * 4097, "has 4,097 bytes; SSM Parameter Store takes 4,096"),
        ("ä" * 2049, "4,098 bytes"),
        ("a\0b", "NUL"),
    ],
)
def test_what_cannot_be_a_value(ssm, value, said):
    with pytest.raises(UsageError, match=said):
        SecretStore(ssm, "notes").set("A", "prod", value)
    assert ssm.kept == {}


def test_four_kilobytes_are_taken(ssm):
    SecretStore(ssm, "notes").set("A", "prod", "x" * 4096)
    assert len(ssm.kept["/windlass/notes/prod/A"]["Value"]) == 4096


def test_a_refusal_says_what_is_needed_and_not_the_value(ssm):
    def refuse(**asked):
        raise ClientError(
            {"Error": {"Code": "ValidationException", "Message": f"not {asked['Value']}"}}, "Put"
        )

    ssm.put_parameter = refuse
    with pytest.raises(PrerequisiteError) as caught:
        SecretStore(ssm, "notes").set("A", "prod", "hunter22!")
    assert "parameter/windlass/notes/*" in caught.value.hint
    assert "hunter22" not in str(caught.value.to_json())
