from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.build.masking import Mask

SECRET = 'p@ss/word "q" +é'


@pytest.mark.parametrize(
    "shown",
    [
        SECRET,
        quote(SECRET, safe=""),
        quote(SECRET, safe="").lower(),
        json.dumps(SECRET),
        json.dumps(SECRET, ensure_ascii=False),
        base64.b64encode(SECRET.encode()).decode(),
        base64.urlsafe_b64encode(SECRET.encode()).decode(),
    ],
)
def test_every_form_is_masked(shown):
    text = Mask([SECRET]).text(f"before {shown} after")
    assert text.startswith("before ") and text.endswith(" after") and "***" in text
    assert "word" not in text and base64.b64encode(SECRET.encode()).decode()[:12] not in text


@given(before=st.binary(max_size=7), after=st.binary(max_size=7))
def test_base64_is_masked_wherever_the_secret_stands(before, after):
    encoded = base64.b64encode(before + b"hunter2-hunter2" + after).decode()
    text = Mask(["hunter2-hunter2"]).text(encoded)
    assert "***" in text and len(text) <= len(encoded) - 19 + 3


@given(padding=st.integers(0, 60), limit=st.integers(10, 60))
def test_no_part_of_a_secret_shows_at_the_cut(padding, limit):
    mask = Mask(["0123456789"])
    shown = mask.line(b"x" * padding + b"0123456789" * 9, limit)
    assert not any(digit in shown for digit in "0123456789")


def test_each_line_of_a_secret_is_masked():
    text = Mask(["-----BEGIN KEY-----\nabcdefgh\n}\n"]).text("-----BEGIN KEY-----\nabcdefgh\n}")
    assert text == "***\n***\n}"


def test_short_values_and_no_values_change_nothing():
    assert Mask(["short", ""]).text("short true") == "short true"
    assert Mask([]).line(b"\xff abc", 100) == "\ufffd abc"


def test_the_longer_of_two_secrets_wins():
    assert Mask(["secret", "secret-and-more"]).text("secret-and-more secret") == "*** ***"
