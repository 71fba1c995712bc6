"""Functions: settings, the least of permissions, log groups, and what calls them."""

import json

import pytest
from pydantic import ValidationError

from engine.plan.backend import Package
from engine.plan.why import why
from engine.spec.backend.functions import Function
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


@pytest.mark.parametrize(("batch", "window"), [(10, None), (11, 1)])
def test_more_messages_than_one_answer_has_are_waited_for(batch, window):
    made = run({"work": {**WORK, "triggers": [{"queue": "jobs", "batch": batch}]}}, queues={"jobs": {}})
    assert made["functions-work-queues-jobs"].inputs.get("maximumBatchingWindowInSeconds") == window


def test_changes_of_a_table_come_at_once():
    table = {"notes": {"partition_key": "id"}}
    made = run({"work": {**WORK, "triggers": [{"table": "notes", "batch": 500}]}}, database=table)
    assert "maximumBatchingWindowInSeconds" not in made["functions-work-database-notes"].inputs


def test_a_bucket_of_another_account_does_not_call_it():
    made = run({"work": {**WORK, "triggers": [{"bucket": "uploads"}]}}, storage={"uploads": {}})
    permission = made["functions-work-storage-uploads-call"].inputs
    assert (permission["sourceArn"], permission["sourceAccount"]) == ("arn:storage-uploads", "123456789012")


@pytest.mark.parametrize(
    "bad",
    [
        {"environment": {"LAMBDA_TASK_ROOT": "x"}},
        {"environment": {"_HANDLER": "x"}},
        {"environment": {"X": "one letter"}},
        {"environment": {"TEXT": "x" * 4093}},
        {"log_days": 10},
    ],
)
def test_what_lambda_and_its_logs_do_not_take_is_refused(bad):
    with pytest.raises(ValidationError):
        Function.model_validate({**WORK, **bad})


def test_what_lambda_just_takes_is_taken():
    taken = {"environment": {"TEXT": "x" * 4092}, "log_days": 30}
    assert Function.model_validate({**WORK, **taken}).log_days == 30
