"""Policies are laid over each other, and every value knows its line."""

import pytest

from engine.environment.policy import check_policies, policies, resolve_policy
from engine.errors import SpecError, UsageError


@pytest.fixture
def team(tmp_path):
    folder = tmp_path / "stacks"
    folder.mkdir()
    return folder


def test_the_shipped_policies_are_right(tmp_path):
    assert check_policies(tmp_path) == ()
    assert policies(tmp_path).names() == {"prod", "staging", "dev", "preview", "local"}


def test_production_is_protected_and_previews_end(tmp_path):
    found = policies(tmp_path)
    assert resolve_policy(found, "prod").policy.protect
    assert resolve_policy(found, "prod").policy.ttl_days is None
    assert resolve_policy(found, "preview").policy.ttl_days == 7


def test_the_team_overrides_single_values(tmp_path, team):
    (team / "prod.yaml").write_text("# ours\nregion: eu-west-1\nretention: {releases: 3}\n")
    resolved = resolve_policy(policies(tmp_path), "prod")
    assert resolved.policy.region == "eu-west-1"
    assert resolved.policy.protect
    assert (resolved.policy.retention.releases, resolved.policy.retention.assets_days) == (3, 30)
    assert resolved.origins["region"].startswith(f"{team / 'prod.yaml'}:2")
    assert "stacks/prod.yaml" in resolved.origins["protect"]
    assert str(tmp_path) not in resolved.origins["protect"]


def test_the_overlay_is_the_strongest(tmp_path, team):
    (team / "prod.yaml").write_text("region: eu-west-1\n")
    policy = resolve_policy(policies(tmp_path), "prod", "local").policy
    assert (policy.target, policy.region) == ("local", "us-east-1")


def test_a_folder_that_is_named_wins_over_the_one_beside_the_app(tmp_path, team):
    (team / "prod.yaml").write_text("region: eu-west-1\n")
    other = tmp_path / "other"
    other.mkdir()
    assert resolve_policy(policies(tmp_path, other), "prod").policy.region == "us-east-1"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("protekt: true\n", 1, "protect"),
        ("\nregion: Ireland\n", 2, "region"),
        ("region: cn-north-1\n", 1, "partition"),
        ("region: us-gov-west-1\n", 1, "partition"),
        ("account: 12\n", 1, "account"),
        ("retention:\n  releases: 1\n", 2, "releases"),
        ("ttl_days: soon\n", 1, "ttl_days"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, team, text, line, says):
    (team / "prod.yaml").write_text(text)
    with pytest.raises(SpecError) as error:
        resolve_policy(policies(tmp_path), "prod")
    (problem,) = error.value.problems
    assert problem.where.file == str(team / "prod.yaml")
    assert problem.where.line == line
    assert says in f"{problem.message} {problem.hint}"
    assert check_policies(tmp_path) == (problem,)


def test_a_folder_of_policies_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="there is no folder"):
        policies(tmp_path, tmp_path / "none")


def test_a_wrong_value_names_the_key_to_ask_for(tmp_path):
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks/prod.yaml").write_text("account: 123\n")
    (problem,) = check_policies(tmp_path)
    assert "`windlass explain policy.account`" in problem.hint
