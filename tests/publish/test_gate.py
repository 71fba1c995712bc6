import hashlib

import pytest

from engine.errors import UsageError
from engine.publish.gate import gate_of


def test_the_store_gets_a_salt_of_the_environment_and_hashes():
    gate = gate_of("ann:one\n\n bob:two:three ", "LOGIN", "notes/pr-7")
    salt, first, second = gate.entry
    assert first == hashlib.sha256(f"{salt}YW5uOm9uZQ==".encode()).hexdigest()
    assert len(second) == 64
    assert gate.header == {"Authorization": "Basic YW5uOm9uZQ=="}
    assert gate_of("ann:one", "LOGIN", "notes/prod").entry[0] != salt


@pytest.mark.parametrize("value", ["", "ann", "ann:", ":one", "ann:one\nbob", "\n".join(["a:b"] * 9)])
def test_what_is_no_login_is_refused_without_telling_it(value):
    with pytest.raises(UsageError, match="the secret LOGIN is no login") as raised:
        gate_of(value, "LOGIN", "notes/prod")
    assert "ann" not in raised.value.message + raised.value.hint


def test_a_gate_does_not_show_its_logins():
    assert "one" not in repr(gate_of("ann:one", "LOGIN", "notes/prod"))
