from __future__ import annotations

import pytest

from engine.monorepo.choose import VARIABLE, Wanted, wanted


@pytest.mark.parametrize(
    ("app_root", "variables", "host", "expected"),
    [
        (None, {}, {}, Wanted()),
        ("web", {VARIABLE: "x"}, {VARIABLE: "y"}, Wanted("web", "--app-root")),
        ("", {VARIABLE: "x"}, {}, Wanted("", "--app-root")),
        (None, {VARIABLE: "x"}, {VARIABLE: "y"}, Wanted("x", f"--var {VARIABLE}")),
        (None, {}, {VARIABLE: "y"}, Wanted("y", f"{VARIABLE} of this shell")),
        (None, {}, {VARIABLE: ""}, Wanted()),
    ],
)
def test_the_call_wins_over_its_variables_and_these_over_the_shell(app_root, variables, host, expected):
    assert wanted(app_root, variables, host) == expected
