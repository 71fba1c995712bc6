"""Outputs in the formats that tools read."""

import json

from hypothesis import given
from hypothesis import strategies as st

from engine.link.formats import as_dotenv, as_json, as_typescript
from engine.link.public import public_variables

OUTPUTS = {"url": "https://notes.example/", "api_rest_url": 'a "b" c'}


def test_json():
    assert json.loads(as_json(OUTPUTS)) == OUTPUTS


def test_dotenv_quotes_where_it_must():
    assert as_dotenv(OUTPUTS) == 'URL=https://notes.example/\nAPI_REST_URL="a \\"b\\" c"'


def test_typescript_has_every_value():
    text = as_typescript(OUTPUTS)
    assert text.endswith("export default outputs")
    assert json.loads(text.partition(" = ")[2].partition(" as const")[0]) == OUTPUTS


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,9}", fullmatch=True), st.text(st.characters(codec="ascii"))))
def test_every_output_is_one_line_of_a_dotenv_file(outputs):
    assert len(as_dotenv(outputs).split("\n")) == max(1, len(outputs))


def test_only_what_browsers_may_know_gets_the_prefix():
    outputs = {"auth_user_pool_id": "p", "functions_work_name": "f", "bucket": "b", "database_x_table": "t"}
    assert public_variables(outputs, "VITE_") == {"VITE_AUTH_USER_POOL_ID": "p"}
