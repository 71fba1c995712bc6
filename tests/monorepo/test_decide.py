from __future__ import annotations

import pytest

from engine.monorepo.decide import decide
from engine.monorepo.workspace import Workspace, read_workspace

APPLICATIONS = ["apps/web", "apps/admin"]


def reason(acme, app: str, *changed: str, **more) -> tuple[bool, str]:
    decision = decide(app, read_workspace(acme, APPLICATIONS), changed, "main", **more)
    return decision.deploys, decision.reason


@pytest.mark.parametrize(
    ("path", "web", "admin"),
    [
        ("apps/web/src/a.js", True, False),
        ("packages/ui/index.js", True, False),
        ("packages/icons/i.svg", False, True),
        ("package-lock.json", True, True),
        ("amplify.yml", True, True),
        ("scripts/build.sh", True, True),
        ("packages/README.txt", True, True),
        ("README.md", False, False),
        (".github/workflows/ci.yml", False, False),
        ("apps/web/README.md", True, False),
    ],
)
def test_which_applications_a_file_concerns(acme, path, web, admin):
    assert reason(acme, "apps/web", path)[0] is web
    assert reason(acme, "apps/admin", path)[0] is admin


def test_the_reason_names_what_changed_and_why_it_matters(acme):
    assert reason(acme, "apps/web", "apps/web/b.js", "apps/web/a.js", "apps/web/c.js", "package.json") == (
        True,
        "apps/web/a.js, apps/web/b.js and 1 more changed since main",
    )
    assert reason(acme, "apps/web", "packages/ui/x.js")[1] == (
        "packages/ui/x.js changed since main, and it needs @acme/ui through @acme/kit"
    )
    assert reason(acme, "apps/web", "yarn.lock")[1] == (
        "yarn.lock changed since main, which is of no package and may concern every application"
    )
    assert reason(acme, "apps/admin", "apps/web/a.js") == (
        False,
        "nothing of apps/admin or of what it needs (@acme/icons) changed since main",
    )


def test_another_folder_can_be_compared_in_place_of_its_own(acme):
    assert reason(acme, "apps/web", "apps/web/a.js", root="apps/web/src") == (
        False,
        "nothing of apps/web/src or of what it needs (@acme/kit, @acme/ui) changed since main",
    )
    assert reason(acme, "apps/web", "apps/web/src/a.js", root="apps/web/src")[0]


def test_an_application_that_is_the_repository_takes_all_but_paperwork():
    workspace = Workspace({})
    assert decide("", workspace, ["src/a.js"], "main").deploys
    assert decide("", workspace, ["docs/guide.md"], "main").deploys
    assert not decide("", workspace, ["README.md", "LICENSE", ".gitignore"], "main").deploys
    assert decide("", workspace, [], "main").reason == "nothing of the repository changed since main"
