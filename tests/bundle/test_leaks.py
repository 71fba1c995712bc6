"""Secrets are found in files in every form, with line and column; what only looks like one is told apart."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bundle.leaks import leaks_in, needles
from engine.bundle.lookalikes import lookalikes

VALUE = 'p"ss/wörd+&42'
JS = "text/javascript; charset=utf-8"
# Put together, so that no scanner of a repository takes this file for a leak.
STRIPE = "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc"
AWS = "AKIA" + "IOSFODNN7QWERTYU"
KEY = (
    "-----BEGIN "
    + "PRIVATE KEY-----\n"
    + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n"
)


def found(text, secrets, content_type=JS, size=1 << 20):
    data = text if isinstance(text, bytes) else text.encode()
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    return list(leaks_in("app.js", content_type, chunks, needles(secrets)))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (VALUE, "as it is"),
        (json.dumps(VALUE)[1:-1], "in JSON"),
        (json.dumps(VALUE, ensure_ascii=False)[1:-1], "in JSON"),
        (quote(VALUE, safe=""), "URL-encoded"),
        *((base64.b64encode(b"x" * n + VALUE.encode() + b"yz").decode(), "in base64") for n in range(6)),
        (base64.urlsafe_b64encode(VALUE.encode()).decode().rstrip("="), "in base64"),
    ],
)
def test_every_form_has_its_line_and_column(text, form):
    (leak,) = found(f"let a\nlet b = '{text}'", {"KEY": VALUE})
    assert (leak.secret, leak.form, leak.line) == ("KEY", form, 2)
    assert leak.column == 10 or form == "in base64"


@given(
    st.binary(max_size=90),
    st.binary(max_size=90),
    st.integers(1, 64),
    st.sampled_from([VALUE, "x" * 30, "ab-cd!"]),
)
def test_wherever_a_chunk_ends(before, after, size, value):
    text = before + b"\n" + value.encode() + b"\n" + after
    leaks = found(text, {"KEY": value}, "application/wasm", size)
    assert [leak.secret for leak in leaks] == ["KEY"]
    if value.encode() not in before:
        assert (leaks[0].line, leaks[0].column) == (before.count(b"\n") + 2, 1)


@given(st.text(min_size=10, max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_any_value_is_found(value, before, after):
    if value.strip() and len(value.strip()) >= 10:
        assert [leak.secret for leak in found(f'{before} "{value}" {after}', {"KEY": value})] == ["KEY"]


@pytest.mark.parametrize("text", ["productions", "the production build", "pre-production", "short"])
def test_ordinary_words_are_not_taken_for_it(text):
    assert found(text, {"A": "production", "B": "short"}) == []


def test_a_word_beside_a_quote_is():
    assert [leak.secret for leak in found('x="production"', {"A": "production"})] == ["A"]


def test_a_key_file_is_found_by_any_of_its_lines_but_not_by_its_frame():
    secrets = {"KEY": KEY + "q" * 40 + "\n-----END PRIVATE KEY-----\n"}
    frame = "-----BEGIN " + "PRIVATE KEY-----\n"
    assert found(f"if (text.startsWith('{frame}')) {{}}", secrets) == []
    assert [leak.secret for leak in found(f"'{KEY.splitlines()[1]}'", secrets)] == ["KEY"]


def test_the_lines_of_a_settings_file_that_everybody_has_are_no_leak():
    account = {
        "type": "service_account",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "key": "x" * 40,
    }
    secrets = {"ACCOUNT": json.dumps(account, indent=2)}
    assert found('fetch("https://accounts.google.com/o/oauth2/auth")', secrets) == []
    assert [leak.secret for leak in found(json.dumps(json.dumps(account, indent=2)), secrets)] == ["ACCOUNT"]


def test_of_many_places_in_a_file_the_first():
    leaks = found(f"{VALUE}\n" * 5, {"KEY": VALUE, "OTHER": "another-value"})
    assert [(leak.secret, leak.line) for leak in leaks] == [("KEY", 1)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f'const k = "{AWS}"', "AWS Access Key"),
        (f"key:'{STRIPE}'", "Stripe Access Key"),
        ("t='ghp_" + "a1B2c3D4e5" * 3 + "Zz9Yy8'", "GitHub Token"),
        ("https://hooks.slack.com/services/" + "T0ABCDEFG/B0HIJKLMN/aBcDeFgHiJkLmNoPqRsTuVwX", "Slack Token"),
        (KEY, "Private Key"),
        (json.dumps(KEY), "Private Key"),
    ],
)
def test_what_looks_like_a_secret(text, kind):
    (leak,) = found(f"\n{text}", {})
    assert (leak.kind, leak.line, leak.secret) == (kind, 2, "")


@pytest.mark.parametrize(
    "text",
    [
        'e="AKIAIOSFODNN7EXAMPLE"',
        '"AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"',  # Google's browser keys are public
        "pk_live_51H8xyzABCDEFGHIJKLMN",
        "sha512-" + "q1w2e3r4" * 11 + "==",
        "chunk.4eC39HqLyjWDarjtT1zdp7dc.js",
        'startsWith("-----BEGIN ' + 'PRIVATE KEY-----")',
        "sk_live_",
        'input.replace(/-----BEGIN (RSA )?PRIVATE KEY-----/, "")',
    ],
)
def test_what_every_bundle_has(text):
    assert list(lookalikes(text.encode())) == []


def test_a_picture_is_not_read_for_looks_but_for_secrets():
    assert found(STRIPE, {}, "image/png") == []
    assert [leak.secret for leak in found(f"..{STRIPE}..", {"S": STRIPE}, "image/png")] == ["S"]
