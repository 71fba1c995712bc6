"""What functions are called for: schedules, queues, changes of tables, objects in buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.options import options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.spec.backend.functions import Function, Trigger
    from programs.linked import Grant, Links
    from programs.scope import Scope

    Made = Mapping[str, aws.lambda_.Function]

_ONE_ANSWER = 10  # messages
_EVENTS = {"created": "s3:ObjectCreated:*", "removed": "s3:ObjectRemoved:*"}


def triggers(scope: Scope, linked: Links, made: Made) -> None:
    """Everything that calls the functions ``made``, by what the spec says of each."""
    wanted = scope.backend.spec.functions
    for name, function in made.items():
        for number, schedule in enumerate(wanted[name].schedule):
            _schedule(scope, f"functions-{name}-schedule{number or ''}", function, schedule)
        for trigger in wanted[name].triggers:
            if not trigger.bucket:
                _source(f"functions-{name}-{trigger.source.replace('.', '-')}", function, trigger, linked)
    _buckets(scope, linked, made)
    _users(scope, linked, made)


def trigger_grants(linked: Links, function: Function) -> Iterator[Grant]:
    """What a function may do with what it is called for: Lambda reads it with the function's own role."""
    for trigger in function.triggers:
        if trigger.queue:
            yield from linked[trigger.source].grants["receive"]
        elif trigger.table:
            yield from linked[trigger.source].grants["stream"]


def _schedule(scope: Scope, logical: str, function: aws.lambda_.Function, schedule: str) -> None:
    rule = aws.cloudwatch.EventRule(
        logical,
        name=scope.name("schedule", logical),
        schedule_expression=schedule,
        tags=scope.plan.tags,
        opts=options(),
    )
    aws.cloudwatch.EventTarget(
        f"{logical}-target",
        rule=rule.name,
        target_id="function",
        arn=function.arn,
        opts=pulumi.ResourceOptions(parent=rule),
    )
    permit(f"{logical}-call", function.name, "events.amazonaws.com", rule.arn, parent=function)


def _source(logical: str, function: aws.lambda_.Function, trigger: Trigger, linked: Links) -> None:
    source = linked[trigger.source]
    aws.lambda_.EventSourceMapping(
        logical,
        function_name=function.name,
        event_source_arn=source.arn if trigger.queue else source.stream,
        batch_size=trigger.batch,
        maximum_batching_window_in_seconds=_window(trigger),
        starting_position=None if trigger.queue else "LATEST",
        # A message that fails comes back alone, not with the whole batch.
        function_response_types=["ReportBatchItemFailures"],
    )


def _window(trigger: Trigger) -> int | None:
    """Seconds to wait for a batch that is larger than one answer of SQS: Lambda wants some."""
    # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    return 1 if trigger.queue and trigger.batch > _ONE_ANSWER else None


def _buckets(scope: Scope, linked: Links, made: Made) -> None:
    """One notification for each bucket: S3 keeps all of a bucket's in one document."""
    asked: dict[str, list[tuple[str, Trigger]]] = {}
    for name, function in scope.backend.spec.functions.items():
        for trigger in function.triggers:
            if trigger.bucket:
                asked.setdefault(trigger.source, []).append((name, trigger))
    for source, wanted in asked.items():
        logical = source.replace(".", "-")
        allowed = [
            permit(
                f"functions-{name}-{logical}-call",
                made[name].name,
                "s3.amazonaws.com",
                linked[source].arn,
                parent=made[name],
                account=scope.plan.account,
            )
            for name in dict.fromkeys(name for name, _ in wanted)
        ]
        aws.s3.BucketNotification(
            f"{logical}-notification",
            bucket=linked[source].outputs["bucket"],
            lambda_functions=[_notification(made[name], trigger) for name, trigger in wanted],
            opts=pulumi.ResourceOptions(depends_on=allowed),
        )


def _users(scope: Scope, linked: Links, made: Made) -> None:
    wanted = scope.backend.spec.auth
    for name in dict.fromkeys(wanted.triggers.named.values()) if wanted else ():
        function, pool = made[name], linked["auth"].arn
        permit(
            f"functions-{name}-auth-call", function.name, "cognito-idp.amazonaws.com", pool, parent=function
        )


def _notification(
    function: aws.lambda_.Function, trigger: Trigger
) -> aws.s3.BucketNotificationLambdaFunctionArgs:
    return aws.s3.BucketNotificationLambdaFunctionArgs(
        lambda_function_arn=function.arn,
        events=[_EVENTS[event] for event in trigger.on],
        filter_prefix=trigger.prefix or None,
        filter_suffix=trigger.suffix or None,
    )


def permit(
    logical: str,
    function: pulumi.Input[str],
    service: str,
    source: pulumi.Input[str],
    *,
    parent: pulumi.Resource,
    account: str | None = None,
) -> aws.lambda_.Permission:
    """Lets an AWS ``service`` call the function of this name on behalf of ``source`` (an ARN) alone.

    ``account`` is whose it must be, where the ARN, as that of a bucket, does not tell.
    """
    return aws.lambda_.Permission(
        logical,
        function=function,
        action="lambda:InvokeFunction",
        principal=service,
        source_arn=source,
        source_account=account,
        opts=pulumi.ResourceOptions(parent=parent),
    )
