"""Branch or pull request -> exactly one environment."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.names import Domain
from engine.environment.model import PullRequest
from engine.environment.policy import policies
from engine.environment.resolve import Choice, preview_name, resolve
from engine.errors import NotFoundError, UsageError
from engine.spec.model import EnvironmentRule, Spec

BRANCHES = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F), min_size=1, max_size=60)


def environment(tmp_path, choice, rules=None, **options):
    spec = Spec(app="notes", environments={n: EnvironmentRule(**r) for n, r in (rules or {}).items()})
    return resolve(spec, policies(tmp_path), choice, **options)


@pytest.mark.parametrize(
    ("branch", "name", "policy"),
    [
        ("main", "prod", "prod"),
        ("master", "prod", "prod"),
        ("staging", "staging", "staging"),
        ("develop", "dev", "dev"),
        ("dev", "dev", "dev"),
        ("login", "login", "preview"),
    ],
)
def test_branches_without_a_section(tmp_path, branch, name, policy):
    found = environment(tmp_path, Choice(branch=branch))
    assert (found.name, found.policy_name, found.branch) == (name, policy, branch)


@pytest.mark.parametrize("branch", ["feature/x", "Feature", "prod", "staging-", "pr-42", "a" * 80, "größe"])
def test_a_branch_that_could_clash_gets_a_hash(tmp_path, branch):
    found = environment(tmp_path, Choice(branch=branch))
    assert found.policy_name == "preview"
    assert found.name != branch
    assert len(found.name) <= 40


@given(st.lists(BRANCHES, min_size=2, max_size=6, unique=True))
def test_two_branches_never_collide(branches):
    reserved = frozenset({"prod", "staging", "dev", "preview", "local"})
    names = [preview_name(branch, reserved) for branch in branches]
    assert len(set(names)) == len(names)
    assert not reserved & set(names)


def test_a_branch_that_looks_hashed_does_not_meet_the_hashed_one():
    hashed = preview_name("feature/x", frozenset())
    assert preview_name(hashed, frozenset()) != hashed


def test_a_pull_request_is_found_whatever_its_branches(tmp_path):
    requests = [PullRequest(7), PullRequest(7, "main", "main"), PullRequest(7, "feature/x", "release/1")]
    for rules in ({}, {"preview": {"branch": "*", "pull_requests": True}}):
        names = {environment(tmp_path, Choice(pull_request=r), rules).name for r in requests}
        assert names == {"pr-7"}
    assert environment(tmp_path, Choice(name="pr-7")).name == "pr-7"


def test_a_literal_branch_is_stronger_than_a_glob_before_it(tmp_path):
    rules = {"preview": {"branch": "*"}, "prod": {"branch": "release"}}
    assert environment(tmp_path, Choice(branch="release"), rules).name == "prod"
    assert environment(tmp_path, Choice(branch="other"), rules).name == "other"


def test_globs_go_in_the_order_of_the_file(tmp_path):
    rules = {"staging": {"branch": "release/*"}, "preview": {"branch": "*"}}
    found = environment(tmp_path, Choice(branch="release/2"), rules)
    assert found.policy_name == "staging"
    assert found.name.startswith("release-2-")


def test_with_a_section_main_is_nothing_special(tmp_path):
    found = environment(tmp_path, Choice(branch="main"), {"prod": {"branch": "live"}})
    assert (found.name, found.policy_name) == ("main", "preview")


def test_every_choice_gives_a_name_that_is_a_dns_label(tmp_path):
    for branch, number in itertools.product(["main", "x/y", "UPPER", "-"], [None, 3]):
        request = PullRequest(number) if number else None
        name = environment(tmp_path, Choice(branch=branch, pull_request=request)).name
        assert name.strip("-") == name
        assert all(c.isascii() and (c.isalnum() or c == "-") for c in name)


def test_nothing_names_the_environment(tmp_path):
    with pytest.raises(UsageError, match="which environment"):
        environment(tmp_path, Choice())


def test_a_name_that_cannot_be(tmp_path):
    with pytest.raises(NotFoundError, match="cannot be the name"):
        environment(tmp_path, Choice(name="Feature/X"))


def test_a_policy_that_is_not_there(tmp_path):
    with pytest.raises(NotFoundError, match="'qa'"):
        environment(tmp_path, Choice(branch="qa"), {"qa": {"branch": "qa"}})


def test_local_is_laid_over_the_environments_own_policy(tmp_path):
    found = environment(tmp_path, Choice(branch="main"), local=True)
    assert (found.policy.target, found.policy.protect, found.policy_name) == ("local", True, "prod")


def test_an_entry_without_a_branch_only_adds_to_the_defaults(tmp_path):
    rules = {"prod": {"domain": "notes.example.com"}, "preview": {"policy": "dev"}}
    found = environment(tmp_path, Choice(branch="main"), rules)
    assert (found.name, found.domain, found.kind) == ("prod", Domain("notes.example.com"), "prod")
    named = environment(tmp_path, Choice(name="prod"), rules)
    assert (named.branch, named.domain) == ("main", Domain("notes.example.com"))
    assert environment(tmp_path, Choice(branch="staging"), rules).name == "staging"
    for choice in (Choice(branch="login"), Choice(pull_request=PullRequest(7))):
        assert environment(tmp_path, choice, rules).policy_name == "dev"


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        (Choice(branch="main"), "prod"),
        (Choice(branch="release/1"), "release"),
        (Choice(branch="login"), "preview"),
        (Choice(pull_request=PullRequest(7)), "review"),
        (Choice(name="pr-7"), "review"),
    ],
)
def test_environments_of_one_rule_are_of_one_kind(tmp_path, choice, kind):
    rules = {
        "prod": {"branch": "main"},
        "release": {"branch": "release/*", "policy": "staging"},
        "review": {"pull_requests": True, "policy": "preview"},
    }
    assert environment(tmp_path, choice, rules).kind == kind


def test_an_environment_is_known_by_its_section_and_its_policy(tmp_path):
    rules = {
        "live": {"branch": "main", "policy": "prod"},
        "review": {"branch": "*", "policy": "preview", "pull_requests": True, "basic_auth": "LOGIN"},
    }
    prod = environment(tmp_path, Choice(branch="main"), rules)
    assert (prod.names, prod.basic_auth) == ({"live", "prod"}, None)
    pull = environment(tmp_path, Choice(pull_request=PullRequest(7)), rules)
    assert (pull.names, pull.basic_auth) == ({"pr-7", "review", "preview"}, "LOGIN")
    branch = environment(tmp_path, Choice(branch="login"), rules)
    assert (branch.names, branch.basic_auth) == ({"login", "review", "preview"}, "LOGIN")


def test_the_platform_team_may_ask_for_a_login(tmp_path):
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks/preview.yaml").write_text("basic_auth: TEAM_LOGIN\n")
    assert environment(tmp_path, Choice(branch="login")).basic_auth == "TEAM_LOGIN"
    assert environment(tmp_path, Choice(branch="main")).basic_auth is None


@pytest.mark.parametrize(
    ("local", "call"), [(False, "windlass deploy"), (True, "windlass deploy --target local")]
)
def test_the_call_to_deploy_names_the_target(tmp_path, local, call):
    assert environment(tmp_path, Choice(branch="main"), local=local).deploy_call == call
