"""Borrowing a backend: only where the lender's policy says so, and is deployed with what is needed."""

import json

import pytest

from engine import Engine
from engine.context import Settings
from engine.environment.resolve import Choice
from engine.errors import GuardError, NotFoundError
from engine.events import ignore
from engine.state.backend import StateBackend
from engine.state.record import EnvironmentRecord, save
from engine.steps.backend import planned_backend
from engine.steps.borrow import borrowed
from engine.steps.resolve import resolved
from engine.target import Target

SPEC = """version: 1
app: notes
environments:
  preview:
    backend: {from: LENDER}
backend:
  auth: {}
  storage: {my-files: {}}
frontend: {artifacts: {baseDirectory: public}}
"""
OUTPUTS = {
    "bucket": "of the site",
    "auth_user_pool_id": "p",
    "auth_user_pool_client_id": "c",
    "auth_identity_pool_id": "i",
    "storage_my_files_bucket": "b",
}
PR = Choice(name="pr-7")


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "notes"
    (folder / "stacks").mkdir(parents=True)

    def written(lender="staging", lend="true", outputs=OUTPUTS, **mine):
        (folder / "amplify.yml").write_text(SPEC.replace("LENDER", lender))
        (folder / f"stacks/{lender}.yaml").write_text(f"region: eu-west-1\nlend: {lend}\n")
        state = StateBackend(f"file://{tmp_path}/state")
        if outputs is not None:
            save(state, EnvironmentRecord("notes", lender, outputs=outputs))
        save(state, EnvironmentRecord("notes", "pr-7", url="https://pr.example/", outputs=mine))
        return Settings(project=folder, host={"HOME": str(tmp_path)}, state=state.url)

    return written


def lent(settings, choice=PR):
    return borrowed(settings, resolved(settings, choice, ignore))


def engine(settings):
    return Engine(settings.project, state=settings.state, host=settings.host)


@pytest.mark.parametrize("lend", ["true", "[preview]", "['pr-*']", "[pr-7]"])
def test_what_the_lender_remembers_of_its_backend_and_nothing_of_its_site(project, lend):
    found = lent(project(lend=lend))
    assert (found.lender, found.region) == ("staging", "eu-west-1")
    assert found.outputs == {name: value for name, value in OUTPUTS.items() if name != "bucket"}


@pytest.mark.parametrize("lender", ["staging", "prod"])
@pytest.mark.parametrize("lend", ["false", "[dev]", "[]"])
def test_it_is_refused_where_the_policy_does_not_lend(project, lender, lend):
    settings = project(lender, lend)
    with pytest.raises(GuardError, match=f"pr-7 may not borrow the backend of {lender}") as caught:
        lent(settings)
    assert caught.value.where.line == 5
    assert f"stacks/{lender}.yaml" in caught.value.hint


def test_a_lender_that_is_not_deployed_is_told(project):
    with pytest.raises(NotFoundError, match="staging, whose backend is borrowed, is not deployed"):
        lent(project(outputs=None))


def test_a_lender_that_was_deployed_without_what_browsers_need_is_told(project):
    old = {name: value for name, value in OUTPUTS.items() if not name.startswith("auth")}
    with pytest.raises(NotFoundError, match="without auth"):
        lent(project(outputs=old))


def test_nobody_borrows_from_who_borrows(project):
    settings = project("preview")
    with pytest.raises(GuardError, match="none of its own"):
        lent(settings)


def test_who_borrows_has_no_resources_and_who_lends_has(project):
    settings = project()
    for name, has_its_own in (("pr-7", False), ("staging", True)):
        found = resolved(settings, Choice(name=name), ignore)
        plan = planned_backend(found.spec, found.environment, Target("aws"), settings)
        assert (plan is not None) == has_its_own
    assert lent(settings, Choice(name="staging")) is None


def test_the_build_gets_the_lenders_outputs(project):
    made = engine(project(bucket="mine"))
    assert made.outputs(environment="pr-7")["auth_user_pool_id"] == "p"
    assert made.outputs(environment="pr-7")["bucket"] == "mine"
    outputs = made.amplify_outputs(environment="pr-7")
    assert (outputs["auth"]["user_pool_id"], outputs["auth"]["aws_region"]) == ("p", "eu-west-1")
    assert outputs["storage"]["bucket_name"] == "b"


def test_explain_and_the_map_say_whose_it_is(project):
    made = engine(project())
    (mine,) = [one for one in made.explain(environment="pr-7") if one.key == "backend"]
    assert (mine.value, mine.origin.rpartition(":")[2]) == ("that of staging", "5")
    (its_own,) = [one for one in made.explain(environment="staging") if one.key == "backend"]
    assert its_own.value == "its own: auth, storage.my-files"
    page = made.environment_map()
    assert "| `preview` | `staging` | amplify.yml:5 |" in page
    json.dumps(page)
