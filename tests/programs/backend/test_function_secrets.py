"""Secrets of functions: the role may read exactly these, and no value is anywhere in the settings."""

import dataclasses
import json

import pytest

from engine.plan.backend import Package
from engine.plan.why import why
from tests.programs.mocked import declared, plan_of

WORK = {"source": "f", "handler": "src/app.handler", "runtime": "python3.12", "secrets": ["STRIPE_KEY"]}
PATHS = {"STRIPE_KEY": "/windlass/notes/prod/STRIPE_KEY", "OTHER": "/windlass/notes/_shared/OTHER"}
PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter"


def run(known=PATHS, **policy):
    functions = {"work": WORK, "plain": {**WORK, "secrets": []}}
    plan = plan_of(
        {"functions": functions}, {name: Package("0", "/nowhere.zip") for name in functions}, **policy
    )
    return declared(dataclasses.replace(plan, backend=dataclasses.replace(plan.backend, secrets=known)))


def granted(made, name, action):
    statements = json.loads(made[f"functions-{name}-policy"].inputs["policy"])["Statement"]
    return [resource for one in statements if action in one["Action"] for resource in one["Resource"]]


def test_it_may_read_its_own_and_nothing_else():
    made = run()
    assert granted(made, "work", "ssm:GetParameters") == [f"{PARAMETER}/windlass/notes/prod/STRIPE_KEY"]
    assert granted(made, "plain", "ssm:GetParameters") == []


def test_it_is_started_by_what_reads_them():
    function = run()["functions-work"].inputs
    assert function["handler"] == "windlass_secrets.handler"
    variables = function["environment"]["variables"]
    assert variables["WINDLASS_HANDLER"] == "src/app.handler"
    assert json.loads(variables["WINDLASS_SECRETS"]) == {"STRIPE_KEY": PATHS["STRIPE_KEY"]}


def test_one_without_secrets_is_as_it_was():
    function = run()["functions-plain"].inputs
    assert function["handler"] == "src/app.handler"
    assert function["environment"]["variables"] == {"WINDLASS_ENVIRONMENT": "prod"}


def test_a_pull_request_that_is_given_none_may_read_none():
    made = run(known={})
    assert granted(made, "work", "ssm:GetParameters") == []
    assert made["functions-work"].inputs["environment"]["variables"]["WINDLASS_SECRETS"] == "{}"


@pytest.mark.parametrize(
    ("key", "resource", "aliases"),
    [
        ("alias/team", "arn:aws:kms:us-east-1:123456789012:key/*", "alias/team"),
        ("1234abcd", "arn:aws:kms:us-east-1:123456789012:key/1234abcd", None),
        ("arn:aws:kms:us-east-1:1:key/x", "arn:aws:kms:us-east-1:1:key/x", None),
    ],
)
def test_the_policys_key_opens_them_alone(key, resource, aliases):
    made = run(secrets_key=key)
    (one,) = json.loads(made["functions-work-key-policy"].inputs["policy"])["Statement"]
    assert (one["Action"], one["Resource"]) == (["kms:Decrypt"], [resource])
    of = one["Condition"]["StringEquals"]["kms:EncryptionContext:PARAMETER_ARN"]
    assert of == [f"{PARAMETER}/windlass/notes/prod/STRIPE_KEY"]
    assert one["Condition"].get("ForAnyValue:StringEquals", {}).get("kms:ResourceAliases") == aliases
    assert "functions-plain-key-policy" not in made
    assert [name for name in made if not why(name)] == []


def test_without_a_key_of_the_policy_there_is_nothing_to_allow():
    assert "functions-work-key-policy" not in run()
