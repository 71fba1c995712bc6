from __future__ import annotations

import pytest

from engine.build.controls import read_controls
from engine.spec.model import Spec


def spec() -> Spec:
    return Spec(app="demo")


def test_nothing_is_skipped_by_default():
    controls = read_controls(spec(), {}, {"PATH": "/bin"})
    assert not (controls.skip_tests or controls.skip_backend or controls.diff_deploy)
    assert controls.limit.seconds == 1800


@pytest.mark.parametrize(
    ("value", "on"), [("true", True), ("TRUE", True), ("1", True), ("false", False), ("", False)]
)
def test_a_switch_is_on_only_where_it_says_so(value, on):
    assert read_controls(spec(), {"USER_DISABLE_TESTS": value}, {}).skip_tests is on


def test_what_is_set_for_the_environment_wins_over_the_host():
    name = "AMPLIFY_SKIP_BACKEND_BUILD"
    assert read_controls(spec(), {}, {name: "true"}).skip_backend
    assert not read_controls(spec(), {name: "false"}, {name: "true"}).skip_backend


def test_the_root_of_a_comparison_counts_from_the_repository():
    controls = read_controls(
        spec(), {"AMPLIFY_DIFF_DEPLOY": "true", "AMPLIFY_DIFF_DEPLOY_ROOT": "/apps/web/"}, {}
    )
    assert (controls.diff_deploy, controls.diff_root) == (True, "apps/web")
