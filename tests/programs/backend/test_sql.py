"""SQL databases: private, with a password nobody writes down, reached only by who uses them."""

import json

import pytest

from engine.plan.backend import BackendPlan, Package
from engine.plan.model import Plan
from engine.plan.why import why
from tests.programs.mocked import declared, plan_of

VPC = {"id": "vpc-0a", "subnets": ["subnet-0a", "subnet-0b"]}
WORK = {"source": "f", "handler": "app.handler", "runtime": "python3.12"}


def run(settings=None, functions=None, vpc=None, **policy):
    return declared(plan(settings, functions, vpc, **policy))


def plan(settings=None, functions=None, vpc=None, **policy):
    packages = {name: Package("0" * 64, "/nowhere.zip") for name in functions or {}}
    backend = {"sql": {"main": settings or {}}, "functions": functions or {}}
    return plan_of(backend, packages, vpc={**VPC, **(vpc or {})}, **policy)


def statements(made, policy):
    return [
        (one["Effect"], one["Action"], one["Resource"])
        for one in json.loads(made[policy].inputs["policy"])["Statement"]
    ]


def test_the_password_is_made_and_kept_by_aws():
    cluster = run()["sql-main"].inputs
    assert cluster["manageMasterUserPassword"] is True
    assert not any("masterPassword" in name for name in cluster)
    assert cluster["storageEncrypted"] is True


def test_capacity_version_and_pause():
    made = run(
        {"min_capacity": 0, "max_capacity": 8, "pause_minutes": 10, "version": 17, "database": "notes"}
    )
    cluster = made["sql-main"].inputs
    assert cluster["serverlessv2ScalingConfiguration"] == {
        "minCapacity": 0,
        "maxCapacity": 8,
        "secondsUntilAutoPause": 600,
    }
    assert (cluster["engine"], cluster["engineVersion"]) == ("aurora-postgresql", "17")
    assert cluster["databaseName"] == "notes"
    assert made["sql-main-instance"].inputs["instanceClass"] == "db.serverless"
    assert "secondsUntilAutoPause" not in run()["sql-main"].inputs["serverlessv2ScalingConfiguration"]


def test_what_a_deployment_changes_does_not_wait_for_a_night():
    cluster = run()["sql-main"].inputs
    assert (cluster["applyImmediately"], cluster["allowMajorVersionUpgrade"]) == (True, True)


@pytest.mark.parametrize(("policy", "days", "protected"), [({}, 1, False), ({"backups": True}, 35, False)])
def test_backups_and_protection_are_the_policys(policy, days, protected):
    cluster = run(**policy)["sql-main"].inputs
    assert (cluster["backupRetentionPeriod"], cluster["deletionProtection"]) == (days, protected)
    assert run(protect=True)["sql-main"].inputs["deletionProtection"] is True


def test_it_is_in_the_policys_vpc_and_only_its_clients_get_in():
    made = run()
    assert made["sql-main-subnets"].inputs["subnetIds"] == ["subnet-0a", "subnet-0b"]
    assert made["sql-main"].inputs["vpcSecurityGroupIds"] == ["sql-main-network-id"]
    rule = made["sql-main-let-in"].inputs
    assert rule["securityGroupId"] == "sql-main-network-id"
    assert rule["referencedSecurityGroupId"] == "sql-main-clients-id"
    assert (rule["fromPort"], rule["toPort"], rule["ipProtocol"]) == (5432, 5432, "tcp")
    assert made["sql-main-instance"].inputs["publiclyAccessible"] is False
    groups = [one.name for one in made.values() if one.typ.endswith("SecurityGroupEgressRule")]
    assert groups == ["sql-main-clients-out"]


def test_who_uses_it_is_in_its_network_and_may_read_its_password():
    made = run(functions={"work": {**WORK, "uses": ["sql.main"]}}, vpc={"security_groups": ["sg-0c"]})
    config = made["functions-work"].inputs["vpcConfig"]
    assert config == {
        "subnetIds": ["subnet-0a", "subnet-0b"],
        "securityGroupIds": ["sg-0c", "sql-main-clients-id"],
    }
    variables = made["functions-work"].inputs["environment"]["variables"]
    assert variables["SQL_MAIN_HOST"] == "endpoint:sql-main"
    assert (variables["SQL_MAIN_PORT"], variables["SQL_MAIN_DATABASE"]) == ("5432", "app")
    assert variables["SQL_MAIN_SECRET_ARN"] == "secret:sql-main"
    granted = statements(made, "functions-work-policy")
    assert ("Allow", ["secretsmanager:GetSecretValue"], ["secret:sql-main"]) in granted
    (data,) = [resources for _, actions, resources in granted if "rds-data:ExecuteStatement" in actions]
    assert data == ["arn:sql-main"]


def test_what_lambda_needs_of_the_network_is_kept_from_the_code():
    made = run(functions={"work": {**WORK, "uses": ["sql.main"]}})
    (denied,) = json.loads(made["functions-work-network-policy"].inputs["policy"])["Statement"]
    assert denied["Effect"] == "Deny"
    assert "ec2:CreateNetworkInterface" in denied["Action"]
    (arn,) = denied["Condition"]["ArnEquals"]["lambda:SourceFunctionArn"]
    assert arn.endswith(f":function:{made['functions-work'].inputs['name']}")


def test_the_data_api_needs_no_network():
    made = run(functions={"work": {**WORK, "uses": [{"sql.main": "data"}]}})
    assert "vpcConfig" not in made["functions-work"].inputs
    assert not any("ec2:" in str(actions) for _, actions, _ in statements(made, "functions-work-policy"))
    off = run({"data_api": False}, {"work": {**WORK, "uses": ["sql.main"]}})
    assert off["sql-main"].inputs["enableHttpEndpoint"] is False
    assert not any("rds-data" in str(actions) for _, actions, _ in statements(off, "functions-work-policy"))


def test_a_function_may_be_in_the_vpc_for_other_reasons():
    made = run(functions={"work": {**WORK, "vpc": True}, "other": WORK})
    assert made["functions-work"].inputs["vpcConfig"]["securityGroupIds"] == ["functions-work-network-id"]
    assert "vpcConfig" not in made["functions-other"].inputs
    assert [name for name in made if not why(name)] == []


def test_the_plan_survives_the_way_to_its_process():
    made = plan(functions={"work": {**WORK, "vpc": True}})
    assert Plan.from_json(made.to_json()) == made
    assert isinstance(made.backend, BackendPlan)
    assert plan(vpc={"id": "vpc-0b"}).digest != plan().digest
