"""What the platform team allows and sets for one kind of environment: the files of ``stacks/``.

A policy is laid together from the defaults below, the shipped ``stacks/<name>.yaml``, the platform team's
file of that name, and, with ``--target local``, ``local.yaml``. Every value knows where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from engine.build.isolation.model import IsolationName
from engine.build.limits import Limits
from engine.errors import Problem, SpecError, UsageError
from engine.shipped import shipped
from engine.spec.fields import LogDays, SecretName, Text, VariableName, Zone, wrong
from engine.spec.reader import read
from engine.spec.validate import problems

if TYPE_CHECKING:
    from pathlib import Path


# https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
_OTHER_PARTITIONS = ("cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-")


def _region(name: str) -> str:
    if name.startswith(_OTHER_PARTITIONS):
        hint = "Windlass needs CloudFront's functions and KeyValueStores: write another region."
        raise wrong("region", "is of a partition of AWS without all that an environment is made of", hint)
    return name


class Retention(BaseModel):
    """How much of the past is kept: newest ``releases``, and assets nobody refers to for ``assets_days``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    releases: Annotated[int, Field(ge=2, description="How many releases stay ready for a rollback.")] = 10
    assets_days: Annotated[
        float, Field(ge=0, description="Days that fingerprinted files outlive their last release.")
    ] = 7


class Vpc(BaseModel):
    """A VPC that is there, for what a backend has to have in one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[
        str, Field(pattern=r"^vpc-[0-9a-f]+$", description="Its id.", examples=["vpc-0123456789abcdef0"])
    ]
    subnets: Annotated[
        tuple[Annotated[str, Field(pattern=r"^subnet-[0-9a-f]+$")], ...],
        Field(
            min_length=2,
            description="Private subnets, in at least two availability zones.",
            examples=[["subnet-0a", "subnet-0b"]],
        ),
    ]
    security_groups: Annotated[
        tuple[Annotated[str, Field(pattern=r"^sg-[0-9a-f]+$")], ...],
        Field(
            max_length=4, description="Security groups of functions in it, beside those that Windlass makes."
        ),
    ] = ()


class Policy(BaseModel):
    """Region, account, protection, life time, retention and state of one kind of environment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: Annotated[Literal["aws", "local"], Field(description="The real AWS or the embedded one.")] = "aws"
    region: Annotated[
        str,
        AfterValidator(_region),
        Field(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$", description="The AWS region.", examples=["eu-central-1"]),
    ] = "us-east-1"
    account: Annotated[
        str | None,
        Field(pattern=r"^\d{12}$", description="Refuse every other AWS account.", examples=["123456789012"]),
    ] = None
    profile: Annotated[
        str | None, Field(description="Profile of the AWS configuration files.", examples=["acme-prod"])
    ] = None
    state: Annotated[
        str | None,
        Field(
            pattern="^(file|s3)://",
            description="State backend; default: the user's data folder.",
            examples=["s3://acme-windlass-state?region=eu-central-1"],
        ),
    ] = None
    secrets_provider: Annotated[
        str,
        Field(
            description="What encrypts secrets in the state: passphrase, or a KMS key.",
            examples=["awskms://alias/windlass?region=eu-central-1"],
        ),
    ] = "passphrase"
    protect: Annotated[
        bool, Field(description="Destroyed only when named, resources protected.", examples=[True])
    ] = False
    retain: Annotated[
        bool, Field(description="Tables, pools and buckets of the backend outlive their environment.")
    ] = False
    lend: Annotated[
        bool | tuple[str, ...],
        Field(
            description="Who may borrow the backend (`backend: {from: ...}` of an environment): everybody, or"
            " environments by name, glob or policy.",
            examples=[True, ["preview", "pr-*"]],
        ),
    ] = False
    backups: Annotated[
        bool, Field(description="Tables can be brought back to any second of the last 35 days.")
    ] = False
    vpc: Annotated[
        Vpc | None,
        Field(
            description="The VPC of SQL databases and of functions with `vpc: true`.",
            examples=[{"id": "vpc-0a1b", "subnets": ["subnet-0a", "subnet-0b"]}],
        ),
    ] = None
    log_days: Annotated[LogDays, Field(description="Days that logs of functions and APIs are kept.")] = 14
    allow_replace: Annotated[
        bool, Field(description="Let a deployment replace or delete stateful resources.")
    ] = False
    ttl_days: Annotated[
        float | None, Field(gt=0, description="Days a preview lives after its last deployment.", examples=[7])
    ] = None
    price_class: Annotated[
        Literal["PriceClass_100", "PriceClass_200", "PriceClass_All"],
        Field(
            description="Where CloudFront serves from: 100 is North America and Europe, 200 adds Asia and"
            " Africa, All is everywhere. https://aws.amazon.com/cloudfront/pricing"
        ),
    ] = "PriceClass_100"
    retention: Annotated[Retention, Field(description="How much of the past is kept.")] = Retention()
    isolation: Annotated[
        IsolationName,
        Field(description="What a build must be kept apart with; an option may only make it stricter."),
    ] = "none"
    limits: Annotated[Limits, Field(description="What a build may take of the machine.")] = Limits()
    cache: Annotated[
        str | None,
        Field(
            pattern="^(file|s3)://",
            description="Where build caches are; default: the user's cache folder.",
            examples=["s3://acme-builds/cache?region=eu-central-1"],
        ),
    ] = None
    secrets_key: Annotated[
        str | None,
        Field(description="KMS key of `windlass secrets set`: id, ARN or alias/NAME. Default: AWS's own."),
    ] = None
    pull_request_secrets: Annotated[
        Literal["never", "same-repository", "always"],
        Field(
            description="Which pull requests are given secrets. always, for forks too, counts only in a file"
            " outside of the checkout."
        ),
    ] = "same-repository"
    variables: Annotated[
        dict[VariableName, Text],
        Field(description="Name -> value for builds, over `env.variables` and under the environment's own."),
    ] = {}
    basic_auth: Annotated[
        SecretName | None,
        Field(
            description="Name of the secret with the login (user:password) that visitors need.",
            examples=["TEAM_LOGIN"],
        ),
    ] = None
    zone: Annotated[
        Zone | None,
        Field(
            description="Route 53 hosted zone of domains, by its id, or none where DNS is elsewhere.",
            examples=["Z0123456789ABCDEFGHIJ", "none"],
        ),
    ] = None
    owner: Annotated[
        str | None, Field(description="Value of the tag windlass:owner.", examples=["web-team"])
    ] = None
    tags: Annotated[
        dict[str, str], Field(description="More tags for every resource.", examples=[{"cost-center": "4711"}])
    ] = {}


@dataclass(frozen=True)
class Policies:
    """The policy files that there are: the shipped ones, and over them the platform team's."""

    folders: tuple[Path, ...]

    def files(self, name: str) -> list[Path]:
        """The files that make the policy ``name``, the strongest last."""
        return [f for folder in self.folders if (f := folder / f"{name}.yaml").is_file()]

    def names(self) -> set[str]:
        """The names of all policies."""
        return {f.stem for folder in self.folders for f in folder.glob("*.yaml")}


@dataclass(frozen=True)
class ResolvedPolicy:
    """A policy and, per dotted key, the ``file:line`` that its value came from (absent: the default)."""

    policy: Policy
    origins: dict[str, str] = field(default_factory=dict)


def policies(project: Path, stacks: Path | None = None) -> Policies:
    """The shipped policies and, over them, those of ``stacks`` or else of ``stacks/`` in the project.

    Raises UsageError where ``stacks`` is no folder.
    """
    if stacks is not None and not stacks.is_dir():
        raise UsageError(f"there is no folder {stacks}", hint="Say --stacks FOLDER, the one of the policies.")
    team = stacks or project / "stacks"
    return Policies((shipped("stacks"), *([team] if team.is_dir() else [])))


def resolve_policy(found: Policies, name: str, overlay: str | None = None) -> ResolvedPolicy:
    """Lay the policy ``name`` together, then the policy ``overlay`` over it.

    Raises SpecError with file and line for a key or value that is wrong.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for file in [*found.files(name), *(found.files(overlay) if overlay else [])]:
        _lay(values, origins, file)
    return ResolvedPolicy(Policy(**values), origins)


def _lay(values: dict[str, Any], origins: dict[str, str], file: Path) -> None:
    document = read(file)
    try:
        Policy.model_validate(document.value or {})
    except ValidationError as error:
        raise SpecError(problems(error, document, Policy, "policy.")) from None
    for key, value in (document.value or {}).items():
        nested = value.items() if isinstance(value, dict) else ()
        values[key] = {**values.get(key, {}), **value} if isinstance(value, dict) else value
        for dotted in (key, *(f"{key}.{name}" for name, _ in nested)):
            origins[dotted] = str(document.where(dotted))


def check_policies(project: Path, stacks: Path | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with the policy files that apply to ``project``; never raises SpecError."""
    found = policies(project, stacks)
    problems_found: list[Problem] = []
    for name in sorted(found.names()):
        try:
            resolve_policy(found, name)
        except SpecError as error:
            problems_found.extend(error.problems)
    return tuple(problems_found)
