"""What cannot be made is said before anything is."""

import pytest

from engine.context import Settings
from engine.environment.model import Environment
from engine.environment.policy import Policy
from engine.errors import GuardError, LocalTargetError
from engine.spec.backend.backend import Backend
from engine.spec.model import Spec
from engine.steps.backend import planned_backend
from engine.target import Target


def planned(tmp_path, backend, deploys=True, **policy):
    spec = Spec(app="notes", backend=Backend.model_validate(backend), lines={"backend.sql.main": 7}, file="f")
    environment = Environment("notes", "prod", "main", "prod", Policy(**policy))
    settings = Settings(project=tmp_path, host={"HOME": "/"}) if deploys else None
    return planned_backend(spec, environment, Target("aws"), settings)


def test_the_embedded_aws_has_no_sql(tmp_path):
    with pytest.raises(LocalTargetError, match=r"no SQL databases: sql\.main") as caught:
        planned(tmp_path, {"sql": {"main": {}}}, target="local")
    assert caught.value.where.line == 7


@pytest.mark.parametrize(
    ("backend", "name"),
    [
        ({"sql": {"main": {}}}, "sql.main"),
        (
            {"functions": {"f": {"source": "f", "handler": "a.b", "runtime": "python3.12", "vpc": True}}},
            "functions.f",
        ),
    ],
)
def test_without_a_vpc_of_the_policy_nothing_can_be_in_one(tmp_path, backend, name):
    with pytest.raises(GuardError, match=f"the policy prod names no VPC.*{name}") as caught:
        planned(tmp_path, backend)
    assert "stacks/prod.yaml" in caught.value.hint


def test_with_one_it_is_in_the_plan(tmp_path):
    vpc = {"id": "vpc-0a", "subnets": ["subnet-0a", "subnet-0b"]}
    assert planned(tmp_path, {"sql": {"main": {}}}, vpc=vpc).vpc.id == "vpc-0a"


def test_what_is_taken_away_needs_no_code(tmp_path):
    function = {"source": "gone", "handler": "a.b", "runtime": "python3.12", "vpc": True}
    assert planned(tmp_path, {"functions": {"f": function}}, deploys=False).packages == {}
