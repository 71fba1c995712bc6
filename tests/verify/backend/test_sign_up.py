"""The throw-away user is one that the pool takes, whatever it asks for."""

import string
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from engine.spec.backend.auth import Attribute, Auth
from engine.verify.backend.sign_up import newcomer

SIGN_INS = st.lists(st.sampled_from(["email", "phone", "username"]), min_size=1, unique=True)


@given(SIGN_INS, st.sets(st.sampled_from(get_args(Attribute))), st.integers(6, 99))
def test_it_has_what_is_asked_for(sign_in, attributes, length):
    auth = Auth.model_validate(
        {"sign_in": sign_in, "attributes": sorted(attributes), "password": {"min_length": length}}
    )
    name, password, values = newcomer(auth)
    assert attributes <= set(values)
    assert all(values.values())
    assert name in (values.get("email"), values.get("phone_number")) or sign_in[0] == "username"
    assert len(password) >= length
    for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_.+="):
        assert set(kind) & set(password)


def test_no_mail_goes_to_anybody():
    _, _, values = newcomer(Auth())
    assert values["email"].endswith("@simulator.amazonses.com")
