"""Functions: code that runs on AWS Lambda when it is asked to, at times, or when something happens."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from engine.spec.backend.schedule import Schedules
from engine.spec.backend.uses import Uses
from engine.spec.base import Model
from engine.spec.fields import Folder, Label, LogDays, SecretName, Text, Texts, Truth, VariableName, wrong

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
Runtime = Literal[
    "nodejs20.x",
    "nodejs22.x",
    "nodejs24.x",
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
]
Handler = Annotated[str, Field(pattern=r"^[A-Za-z0-9_./-]+\.[A-Za-z0-9_]+$", max_length=128)]
Layer = Annotated[
    str, Field(pattern=r"^arn:aws[A-Za-z0-9_-]*:lambda:[A-Za-z0-9_-]+:\d{12}:layer:[A-Za-z0-9_-]+:\d+$")
]


# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
_RESERVED = ("LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR")
_ENVIRONMENT_BYTES = 4096


def _variable(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z]\w+", name) or name in _RESERVED:
        hint = "Begin with a letter, use two signs at least, and no name that Lambda sets."
        raise wrong("variable", "is no name that Lambda takes", hint)
    return name


def _environment(variables: dict[str, str]) -> dict[str, str]:
    size = sum(len(f"{name}{value}".encode()) for name, value in variables.items())
    if size > _ENVIRONMENT_BYTES:
        hint = "Keep long values in a file of the function, a table or a bucket."
        raise wrong("environment-size", f"has {size} bytes; Lambda takes {_ENVIRONMENT_BYTES} in all", hint)
    return variables


FunctionVariable = Annotated[VariableName, AfterValidator(_variable)]
Environment = Annotated[dict[FunctionVariable, Text], AfterValidator(_environment)]


class Trigger(Model):
    """What the function is called for: exactly one of a queue, a table or a bucket of this backend."""

    queue: Label | None = Field(None, description="A queue of `queues`: called with its messages.")
    table: Label | None = Field(None, description="A table of `database`: called with what changes in it.")
    bucket: Label | None = Field(None, description="A bucket of `storage`: called with what comes and goes.")
    batch: int = Field(10, ge=1, le=10_000, description="At most so many messages or changes in one call.")
    on: tuple[Literal["created", "removed"], ...] = Field(
        ("created",), description="Of a bucket: for objects that come, go, or both."
    )
    prefix: str = Field("", max_length=512, description="Of a bucket: only for keys that begin so.")
    suffix: str = Field("", max_length=512, description="Of a bucket: only for keys that end so.")

    @model_validator(mode="after")
    def _one_source(self) -> Trigger:
        if len([source for source in (self.queue, self.table, self.bucket) if source]) != 1:
            raise wrong(
                "trigger", "must name one of `queue`, `table` and `bucket`", "Write one entry for each."
            )
        return self

    @property
    def source(self) -> str:
        """The resource by its name in the spec: ``queues.jobs``."""
        if self.queue:
            return f"queues.{self.queue}"
        return f"database.{self.table}" if self.table else f"storage.{self.bucket}"


class Function(Model):
    """A Lambda function, with the permissions that ``uses`` asks for and no others."""

    source: Folder = Field(
        description="Its folder, from the app's: code and package.json or requirements.txt.",
        examples=["functions/notes"],
    )
    handler: Handler = Field(
        description="file.function: `app.handler` is `handler` in app.py, or in app.mjs.",
        examples=["app.handler"],
    )
    runtime: Runtime = Field(description="The language and its version.")
    architecture: Literal["x86_64", "arm64"] = Field("x86_64", description="arm64 costs about a fifth less.")
    memory: int = Field(256, ge=128, le=10_240, description="MB; the processor's share grows with it.")
    timeout: int = Field(
        15, ge=1, le=900, description="Seconds after which a call is ended; an API waits 30."
    )
    commands: Texts = Field((), description="Run in a copy of `source` once its packages are there.")
    environment: Environment = Field({}, description="Variables that it finds in its environment.")
    secrets: tuple[SecretName, ...] = Field(
        (),
        description="Secrets that it finds as variables (`windlass secrets set NAME`), read as it starts.",
        examples=[["STRIPE_KEY"]],
    )
    uses: Uses = Field(
        (), description="Resources of this backend that it may use.", examples=[["database.notes"]]
    )
    vpc: Truth = Field(
        False, description="Whether it runs in the VPC of the policy; one that connects to `sql` does anyway."
    )
    layers: tuple[Layer, ...] = Field((), max_length=5, description="ARNs of Lambda layers, with a version.")
    schedule: Schedules = Field((), description="When it is called, in UTC.", examples=["rate(1 hour)"])
    triggers: tuple[Trigger, ...] = Field((), description="What it is called for.")
    concurrency: int | None = Field(None, ge=0, description="At most so many calls at once; 0 stops it.")
    log_days: LogDays | None = Field(None, description="Days its logs are kept, if not the policy's.")

    @model_validator(mode="after")
    def _given_once(self) -> Function:
        if twice := sorted({*self.secrets} & {*self.environment}):
            raise wrong(
                "secret-and-variable",
                f"has {twice[0]} among `environment` as well",
                "Write its name below `secrets` alone, and keep its value with `windlass secrets set`.",
            )
        return self

    @property
    def language(self) -> Literal["node", "python"]:
        """The language of its runtime."""
        return "node" if self.runtime.startswith("node") else "python"
