"""Queues: work that is done later, by a function.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-queue-parameters.html
"""

from __future__ import annotations

from pydantic import Field

from engine.spec.base import Model

_HOURS_12 = 43_200


class Queue(Model):
    """An SQS queue, encrypted by SQS."""

    fifo: bool = Field(False, description="First in, first out, each message exactly once.")
    visibility_timeout: int = Field(
        30, ge=0, le=_HOURS_12, description="Seconds that a message is hidden while it is worked on."
    )
    retention_days: float = Field(4, ge=0.001, le=14, description="Days that a message is kept.")
    delay: int = Field(0, ge=0, le=900, description="Seconds before a message can be received.")
    attempts: int | None = Field(
        None,
        ge=1,
        le=1000,
        description="After so many attempts a message goes to a second queue, NAME-failed, kept 14 days.",
    )
