import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UsageError
from engine.reference import below, find, reference
from engine.spec.examine import examine_spec


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("frontend.artifacts.baseDirectory", "frontend.artifacts.baseDirectory"),
        ("environments.*.domain", "environments.*.domain"),
        ("environments.prod.domain", "environments.*.domain"),
        ("environments.prod", "environments"),
        ("env.variables.TITLE", "env.variables"),
        ("redirects.status", "redirects.status"),
        ("redirects[0].status", "redirects.status"),
        ("redirects.0.status", "redirects.status"),
        ("redirects.", "redirects"),
        ("applications", "applications"),
        ("applications[1].frontend.cache", "frontend.cache"),
        ("applications.*.appRoot", "appRoot"),
        ("discard-paths", None),
        ("memory_mb", "policy.limits.memory_mb"),
        ("policy.retention.releases", "policy.retention.releases"),
        ("policy", "policy"),
    ],
)
def test_what_is_typed_finds_the_key(typed, key):
    if key is None:
        with pytest.raises(UsageError, match="no key"):
            find(typed)
    else:
        assert find(typed).key == key


@pytest.mark.parametrize("doc", reference(), ids=lambda doc: doc.key)
def test_every_key_is_found_by_its_name(doc):
    assert find(doc.key) is doc


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("frontend.artifacts.basedirectory", "frontend.artifacts.baseDirectory"),
        ("baseDirectory", "frontend.artifacts.baseDirectory or test.artifacts.baseDirectory"),
        ("rediretcs", "redirects"),
        ("pull_request", "environments.*.pull_requests"),
        ("xyzzy", "At the top are: app, "),
        ("", "At the top are: app, "),
    ],
)
def test_what_is_not_there_names_what_is(typed, hint):
    with pytest.raises(UsageError) as raised:
        find(typed)
    assert hint in raised.value.hint


def test_below_are_the_next_keys_alone():
    assert {doc.key for doc in below(find("redirects"))} == {
        doc.key for doc in reference() if doc.key.startswith("redirects.")
    }
    assert "environments.*.branch" in {doc.key for doc in below(find("environments"))}
    assert all(doc.key.count(".") == 1 for doc in below(find("frontend")))


def test_the_key_that_a_problem_names_is_found():
    text = b"version: 1\nfrontend: {}\nredirects:\n- {source: /a, target: /b, status: 307}\n"
    (problem,) = [p for p in examine_spec(text, "amplify.yml").problems if p.rule == "value"]
    assert problem.hint == "`windlass explain redirects[0].status` says what it takes."
    assert find("redirects[0].status").allowed


@given(st.text(st.sampled_from("abcprs.*[0]-_ "), max_size=30) | st.text(max_size=20))
def test_whatever_is_typed_is_found_or_told(typed):
    try:
        assert find(typed) in reference()
    except UsageError as error:
        assert error.hint
