"""Who is given which secret, and who is not."""

import asyncio

import pytest

from engine.environment.policy import Policy
from engine.errors import GuardError, PrerequisiteError
from engine.secrets.access import paths_for, secrets_for, store_of
from engine.secrets.model import SHARED
from engine.spec.model import EnvironmentRule, Spec
from engine.steps.secrets import with_known_secrets, with_secrets

KEY = "policy.pull_request_secrets"


@pytest.fixture
def kept(context_of):
    """A store with the secret A of every scope."""
    store = store_of(context_of())
    for scope in ("prod", "preview", "review", SHARED):
        store.set("A", scope, f"value of {scope}")
    store.set("ONLY", SHARED, "value of all")
    return store


def given(context, *names):
    return {secret.name: secret.value for secret in secrets_for(context, names)}


def test_an_environment_reads_its_own_first(context_of, kept):
    assert given(context_of(), "A", "ONLY") == {"A": "value of prod", "ONLY": "value of all"}
    assert given(context_of("login", kind="preview"), "A") == {"A": "value of preview"}
    assert given(context_of("staging"), "A") == {"A": "value of _shared"}
    kept.set("A", "login", "its own")
    assert given(context_of("login", kind="preview"), "A") == {"A": "its own"}


def test_previews_never_read_those_of_the_environment_of_a_branch(context_of, kept):
    rules = {
        "prod": EnvironmentRule(branch="main", pull_requests=True),
        "review": EnvironmentRule(branch="*"),
    }
    spec = Spec(app="notes", environments=rules)
    assert given(context_of("pr-7", kind="prod", fork=False, spec=spec), "A") == {"A": "value of _shared"}
    assert given(context_of("login", kind="review", spec=spec), "A") == {"A": "value of review"}


def test_what_is_missing_is_told_with_the_command(context_of, kept):
    with pytest.raises(PrerequisiteError) as caught:
        secrets_for(context_of("login", kind="preview"), ("A", "B", "C"))
    assert caught.value.message == "the secrets B, C are not set for login"
    assert "windlass secrets set B --env preview; windlass secrets set C --env preview" in caught.value.hint


@pytest.mark.parametrize(
    ("fork", "rule", "origin", "has"),
    [
        (False, "same-repository", "", True),
        (None, "same-repository", "", False),
        (True, "same-repository", "", False),
        (False, "never", "/policies/preview.yaml:3:1", False),
        (False, "always", "", True),
        (None, "always", "/policies/preview.yaml:3:1", True),
        (True, "always", "/policies/preview.yaml:3:1", True),
        (True, "always", "{checkout}/stacks/preview.yaml:3:1", False),
        (None, "always", "{checkout}/stacks/preview.yaml:3:1", False),
    ],
)
def test_a_pull_request_has_secrets_only_where_an_outsider_cannot_have_written_it(
    context_of, kept, tmp_path, events, fork, rule, origin, has
):
    (tmp_path / ".git").mkdir()
    context = context_of(
        "pr-7",
        kind="preview",
        fork=fork,
        policy=Policy(pull_request_secrets=rule),
        origins={KEY: origin.format(checkout=tmp_path)},
    )
    assert given(context, "A") == ({"A": "value of preview"} if has else {})
    assert [event.message.split(" (A)")[0] for event in events] == (
        [] if has else ["pr-7 is given no secrets"]
    )


def test_a_policy_beside_the_project_in_the_same_checkout_does_not_count(context_of, kept, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "apps/web").mkdir(parents=True)
    context = context_of(
        "pr-7",
        fork=True,
        policy=Policy(pull_request_secrets="always"),
        origins={KEY: f"{tmp_path}/stacks/preview.yaml:1:1"},
    )
    object.__setattr__(context.settings, "project", tmp_path / "apps/web")
    assert given(context, "A") == {}


def test_what_reads_them_itself_is_given_the_paths(context_of, kept):
    login = context_of("login", kind="preview", secrets={"A": "of the call"})
    assert paths_for(login, ["A", "ONLY"]) == {
        "A": "/windlass/notes/preview/A",
        "ONLY": "/windlass/notes/_shared/ONLY",
    }
    assert paths_for(context_of("pr-7", fork=True), ["A"]) == {}
    with pytest.raises(PrerequisiteError):
        paths_for(login, ["B"])


def test_what_is_not_asked_for_is_not_read(context_of, ssm):
    context = asyncio.run(with_secrets(context_of()))
    assert context.secrets == () and ssm.calls == []


def test_the_call_comes_before_the_store(context_of, kept, ssm):
    spec = Spec(app="notes", secrets=("A", "B", "C"))
    ssm.calls.clear()
    context = asyncio.run(with_secrets(context_of(spec=spec, secrets={"B": "call"}, variables={"C": "x"})))
    assert {secret.name: secret.value for secret in context.secrets} == {"A": "value of prod", "B": "call"}
    assert [path for _, paths in ssm.calls for path in paths] == [
        "/windlass/notes/prod/A",
        "/windlass/notes/_shared/A",
    ]
    assert "value of prod" not in repr(context)


def test_a_pull_request_of_a_fork_is_not_given_those_of_the_call_either(context_of):
    context = asyncio.run(with_secrets(context_of("pr-7", fork=True, secrets={"B": "call"})))
    assert context.secrets == ()


def test_where_nothing_is_built_nothing_is_missed(context_of, kept):
    spec = Spec(app="notes", secrets=("A", "B"))
    context = asyncio.run(with_known_secrets(context_of(spec=spec, secrets={"Z": "call-value"})))
    assert [secret.name for secret in context.secrets] == ["A", "Z"]


def test_a_secret_of_the_call_under_a_public_prefix(context_of):
    with pytest.raises(GuardError, match="begins with `NEXT_PUBLIC_`"):
        asyncio.run(with_secrets(context_of(secrets={"NEXT_PUBLIC_KEY": "x" * 9})))
