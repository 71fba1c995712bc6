"""SQS queues, each with a second one for what failed where the spec wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.linked import Grant, Linked

if TYPE_CHECKING:
    from engine.spec.backend.queues import Queue
    from programs.linked import Links
    from programs.scope import Scope

_DAY = 86_400
_LONGEST_DAYS = 14


def queues(scope: Scope, linked: Links) -> dict[str, Linked]:
    """The queues of the spec by their names."""
    return {name: _linked(_queue(scope, name, queue)) for name, queue in scope.backend.spec.queues.items()}


def _queue(scope: Scope, name: str, queue: Queue) -> aws.sqs.Queue:
    failed = _declare(scope, f"{name}-failed", queue, days=_LONGEST_DAYS) if queue.attempts else None
    return _declare(scope, name, queue, days=queue.retention_days, failed=failed)


def _declare(
    scope: Scope, name: str, queue: Queue, *, days: float, failed: aws.sqs.Queue | None = None
) -> aws.sqs.Queue:
    redrive = {"deadLetterTargetArn": failed.arn, "maxReceiveCount": queue.attempts} if failed else None
    return aws.sqs.Queue(
        f"queues-{name}",
        name=scope.name("queues", name) + (".fifo" if queue.fifo else ""),
        fifo_queue=queue.fifo or None,
        content_based_deduplication=queue.fifo or None,
        visibility_timeout_seconds=queue.visibility_timeout,
        message_retention_seconds=int(days * _DAY),
        delay_seconds=queue.delay,
        sqs_managed_sse_enabled=True,
        redrive_policy=pulumi.Output.json_dumps(redrive) if redrive else None,
        tags=scope.plan.tags,
        opts=scope.stateful(),
    )


def _linked(queue: aws.sqs.Queue) -> Linked:
    receive = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility")
    look = ("sqs:GetQueueAttributes", "sqs:GetQueueUrl")
    return Linked(
        arn=queue.arn,
        outputs={"url": queue.url},
        grants={
            "send": (Grant(("sqs:SendMessage", *look), (queue.arn,)),),
            "receive": (Grant((*receive, *look), (queue.arn,)),),
        },
    )
