"""Functions: settings, the least of permissions, log groups, and what calls them."""

import json

from engine.plan.backend import Package
from engine.plan.why import why
from tests.programs.mocked import declared, plan_of

WORK = {"source": "f", "handler": "app.handler", "runtime": "python3.12"}


def run(functions, **backend):
    packages = {name: Package("0" * 64, "/nowhere.zip") for name in functions}
    return declared(plan_of({"functions": functions, **backend}, packages))


def statements(made, name):
    policy = json.loads(made[f"functions-{name}-policy"].inputs["policy"])
    return [(statement["Action"], statement["Resource"]) for statement in policy["Statement"]]


def test_the_settings_are_those_of_the_spec():
    made = run({"work": {**WORK, "memory": 512, "timeout": 30, "architecture": "arm64", "concurrency": 2}})
    inputs = made["functions-work"].inputs
    assert (inputs["memorySize"], inputs["timeout"], inputs["architectures"]) == (512, 30, ["arm64"])
    assert (inputs["handler"], inputs["runtime"]) == ("app.handler", "python3.12")
    assert inputs["reservedConcurrentExecutions"] == 2


def test_alone_it_may_write_its_own_log_and_nothing_else():
    made = run({"work": WORK})
    assert statements(made, "work") == [
        (["logs:CreateLogStream", "logs:PutLogEvents"], ["arn:functions-work-logs:*"])
    ]
    trust = json.loads(made["functions-work-role"].inputs["assumeRolePolicy"])["Statement"]
    assert [statement["Principal"] for statement in trust] == [{"Service": "lambda.amazonaws.com"}]


def test_uses_gives_permissions_and_variables_of_that_resource_alone():
    made = run({"work": {**WORK, "uses": [{"queues.jobs": "send"}]}}, queues={"jobs": {}, "other": {}})
    (_, granted) = statements(made, "work")
    assert granted == (
        ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
        ["arn:queues-jobs"],
    )
    variables = made["functions-work"].inputs["environment"]["variables"]
    assert variables == {"WINDLASS_ENVIRONMENT": "prod", "QUEUES_JOBS_URL": "url:queues-jobs"}


def test_functions_may_call_one_another_even_in_a_circle():
    made = run({"a": {**WORK, "uses": ["functions.b"]}, "b": {**WORK, "uses": ["functions.a"]}})
    (_, (actions, (arn,))) = statements(made, "a")
    assert actions == ["lambda:InvokeFunction"]
    assert arn.endswith(f":function:{made['functions-b'].inputs['name']}")
    assert made["functions-a"].inputs["environment"]["variables"]["FUNCTIONS_B_NAME"] in arn


def test_its_log_group_is_made_by_us_and_kept_as_the_policy_says():
    made = run({"work": WORK, "other": {**WORK, "log_days": 3}})
    group = made["functions-work-logs"].inputs
    assert group["name"] == f"/aws/lambda/{made['functions-work'].inputs['name']}"
    assert group["retentionInDays"] == 14
    assert made["functions-other-logs"].inputs["retentionInDays"] == 3


def test_a_queue_calls_it_and_it_may_read_that_queue():
    made = run({"work": {**WORK, "triggers": [{"queue": "jobs", "batch": 5}]}}, queues={"jobs": {}})
    mapping = made["functions-work-queues-jobs"].inputs
    assert (mapping["eventSourceArn"], mapping["batchSize"]) == ("arn:queues-jobs", 5)
    assert mapping["functionResponseTypes"] == ["ReportBatchItemFailures"]
    assert "sqs:ReceiveMessage" in statements(made, "work")[1][0]


def test_a_schedule_calls_it_and_nobody_else_may():
    made = run({"work": {**WORK, "schedule": ["rate(1 hour)", "rate(1 day)"]}})
    rules = [made[f"functions-work-schedule{n}"].inputs["scheduleExpression"] for n in ("", "1")]
    assert rules == ["rate(1 hour)", "rate(1 day)"]
    permission = made["functions-work-schedule-call"].inputs
    assert permission["principal"] == "events.amazonaws.com"
    assert permission["sourceArn"] == "arn:functions-work-schedule"


def test_everything_it_is_made_of_has_a_reason():
    made = run(
        {"work": {**WORK, "schedule": "rate(1 hour)", "triggers": [{"queue": "jobs"}]}}, queues={"jobs": {}}
    )
    assert [name for name in made if not why(name)] == []
