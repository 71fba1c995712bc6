"""The files of a GraphQL API, and how long its key is good."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SpecError
from engine.spec.backend.backend import Backend
from engine.spec.model import Spec
from engine.steps.graphql import graphql_files, key_expiry

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC).timestamp()


def spec(api):
    lines = {"backend.api.graphql": 4, "backend.api.graphql.schema": 5}
    backend = Backend.model_validate({"api": {"graphql": api}})
    return Spec(app="a", file="amplify.yml", backend=backend, lines=lines)


def test_files_are_read_by_their_path_in_the_spec(tmp_path):
    (tmp_path / "s.graphql").write_text("type Query")
    (tmp_path / "a.js").write_text("code")
    api = {"schema": "s.graphql", "resolvers": {"Query.a": {"code": "a.js"}, "Query.b": {"code": "a.js"}}}
    assert graphql_files(spec(api), tmp_path) == {"s.graphql": "type Query", "a.js": "code"}


def test_every_missing_file_is_told_with_its_line(tmp_path):
    with pytest.raises(SpecError) as error:
        graphql_files(spec({"schema": "s.graphql", "resolvers": {"Query.a": {"code": "a.js"}}}), tmp_path)
    found = [(problem.key, problem.where.line) for problem in error.value.problems]
    assert found == [("backend.api.graphql.schema", 5), ("backend.api.graphql.resolvers.Query.a.code", 4)]


def test_without_an_api_nothing_is_read(tmp_path):
    assert graphql_files(Spec(app="a"), tmp_path) == {}


def test_a_key_is_renewed_once_a_month():
    assert key_expiry(NOW) == "2027-11-01T00:00:00Z"
    assert key_expiry(NOW + 5 * 86_400) == key_expiry(NOW)
    assert key_expiry(NOW + 6 * 86_400) == "2027-12-01T00:00:00Z"


@given(st.integers(0, 4_000_000_000))
def test_it_is_good_for_long_and_never_longer_than_a_year(now):
    left = datetime.fromisoformat(key_expiry(now)).timestamp() - now
    assert 333 * 86_400 < left <= 365 * 86_400
