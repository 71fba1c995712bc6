"""The GraphQL API as nobody and as a user meet it, against a server that answers as told."""

import json
from http.server import BaseHTTPRequestHandler

import pytest

from engine.verify.backend import graphql_with_token, graphql_without_token
from engine.verify.backend.model import Session
from tests.serving import serving

TOKEN = "a.users.token"


class Api(BaseHTTPRequestHandler):
    """Lets in whoever has the token, and says what it was asked."""

    status, text = 200, '{"data": {"__typename": "Query"}}'
    open = False

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        good = self.open or self.headers["Authorization"] == TOKEN
        assert (self.path, asked) == ("/graphql", {"query": "{ __typename }"})
        status, data = (self.status, self.text.encode()) if good else (401, b'{"errors": []}')
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def look(make_visit):
    """A function that carries out a slot against an API with those attributes."""

    def looked(slot, authorizers=("auth",), **attributes):
        with serving(type("Told", (Api,), attributes)) as port:
            visit = make_visit(
                {"auth": {}, "api": {"graphql": {"schema": "s.graphql", "authorizers": authorizers}}},
                outputs={"api_graphql_url": f"http://127.0.0.1:{port}/graphql"},
            )
            visit.session = Session(TOKEN)
            return slot.check(visit)

    return looked


def test_nobody_is_refused_and_a_user_is_let_in(look):
    assert look(graphql_without_token).passed
    assert look(graphql_with_token).passed
    assert look(graphql_with_token).message == "it answers 200 with the type Query"


def test_an_open_api_is_told(look):
    check = look(graphql_without_token, open=True)
    assert not check.passed
    assert check.message == "it answers 200 without a token; it answers 200 with a bad token"


@pytest.mark.parametrize(
    "answer", [{"text": '{"data": null, "errors": [{}]}'}, {"text": "?"}, {"status": 500}]
)
def test_an_answer_without_data_is_told(look, answer):
    assert not look(graphql_with_token, **answer).passed


def test_tokens_of_users_are_for_apis_that_take_them(look):
    assert look(graphql_with_token, authorizers=("api_key",)) is None


@pytest.mark.parametrize("slot", [graphql_with_token, graphql_without_token])
def test_without_a_graphql_api_nothing_is_checked(make_visit, slot):
    assert slot.check(make_visit({"auth": {}})) is None
