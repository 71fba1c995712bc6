"""Everything a verb works with, resolved once: spec, environment, target, state, plan."""

from __future__ import annotations

import asyncio
import getpass
import secrets
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.build.stopwatch import Stopwatch
from engine.clients import Clients
from engine.domain.state import domain_state
from engine.environment.variables import variables_of
from engine.errors import GuardError, PrerequisiteError
from engine.state.backend import StateBackend
from engine.state.record import EnvironmentRecord, load
from engine.target import LOCAL_ACCOUNT, Target, client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.cancel import Cancel
    from engine.domain.look_up import Found
    from engine.environment.git import Checkout
    from engine.environment.lent import Lent
    from engine.environment.model import Environment
    from engine.environment.variables import Variable
    from engine.events import Emit
    from engine.plan.model import Plan
    from engine.publish.gate import Gate
    from engine.secrets.model import Secret
    from engine.spec.model import Spec

# What the AWS SDKs and the Pulumi CLI may read; everything else of the host stays out of their processes.
_PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "TMPDIR",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
)
_AWS_SETTINGS = ("AWS_", "AMAZON_")


@dataclass(frozen=True)
class Settings:
    """How an engine was made; see :class:`engine.Engine` for each."""

    project: Path
    host: Mapping[str, str]
    target: str | None = None
    app_root: str | None = None
    stacks: Path | None = None
    state: str | None = None
    pulumi: Path | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    app_root_origin: str = "--app-root"
    isolation: str | None = None
    cache: bool = True
    fork: bool | None = None


@dataclass(frozen=True)
class Context:
    """One verb on one environment. ``record`` is what was remembered when the verb began, ``secrets`` what
    builds are given, ``building`` the time its phases took so far, ``gate`` the login that visitors need,
    ``domain`` what was found of its names (None without, or where not asked), ``lent`` the backend that it
    borrows.
    """

    settings: Settings
    spec: Spec
    environment: Environment
    checkout: Checkout
    target: Target
    state: StateBackend
    plan: Plan
    record: EnvironmentRecord
    deployment: str
    emit: Emit
    cancel: Cancel
    secrets: tuple[Secret, ...] = ()
    building: Stopwatch = field(default_factory=Stopwatch)
    clients: Clients = field(default_factory=Clients)
    gate: Gate | None = None
    domain: Found | None = None
    lent: Lent | None = None

    @property
    def told(self) -> dict[str, str]:
        """The outputs that builds get: of its own stack, and of the backend that it borrows."""
        return {**self.record.told, **(self.lent.outputs if self.lent else {})}

    @property
    def app_folder(self) -> Path:
        """The folder of the application: that of ``amplify.yml``, or its ``appRoot`` below."""
        return self.settings.project / self.spec.app_root

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What builds are given as variables, those of the call included; without secrets."""
        return variables_of(self.spec, self.environment, self.settings.variables)

    @property
    def url(self) -> str:
        """Where the environment answers, with a trailing slash; "" until it is known."""
        answers = self.domain is not None and self.domain.answers
        return url_of(self.target, self.environment, self.record.outputs, answers=answers)

    def with_record(self, **changes: Any) -> Context:
        """The context with another record."""
        return replace(self, record=replace(self.record, **changes))


def url_of(
    target: Target, environment: Environment, outputs: Mapping[str, Any], *, answers: bool = False
) -> str:
    """The URL of an environment: on the embedded AWS by its names; else by its domain where the distribution
    has it and Route 53 leads there, or DNS ``answers``; else by its distribution.
    """
    if target.kind == "local":
        from engine.local.site import site_url

        return site_url(target.port, environment.app, environment.name) if target.port else ""
    state = domain_state(outputs)
    live = state.plan.live if state else None
    return f"https://{live.names[0]}/" if live and (live.hosted or answers) else distribution_url(outputs)


def distribution_url(outputs: Mapping[str, Any]) -> str:
    """The URL of the distribution of a stack with these outputs; "" before there is one."""
    domain = outputs.get("distribution_domain")
    return f"https://{domain}/" if domain else ""


def deployment_id() -> str:
    """A new id that sorts by time."""
    return f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{secrets.token_hex(2)}"


def user_of(host: Mapping[str, str]) -> str:
    """Who runs the verb: the CI system's actor, else the user of this machine."""
    actor = (
        host.get("GITHUB_ACTOR") or host.get("GITLAB_USER_LOGIN") or host.get("BITBUCKET_STEP_TRIGGERER_UUID")
    )
    if actor:
        return actor
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def state_of(settings: Settings, environment: Environment) -> StateBackend:
    """The state backend: the engine's setting, the policy's, else a folder.

    The embedded AWS keeps its state beside its data, so that a reset forgets both.
    """
    url = settings.state or environment.policy.state
    if url:
        return backend_at(url, settings, environment)
    if environment.policy.target == "local":
        from engine.local.folder import data_folder

        return StateBackend.folder(data_folder(settings.project) / "state")
    data = (
        settings.host.get("XDG_DATA_HOME")
        or Path(settings.host.get("HOME", str(Path.home()))) / ".local/share"
    )
    return StateBackend.folder(Path(data) / "windlass" / "state")


def backend_at(url: str, settings: Settings, environment: Environment) -> StateBackend:
    """The backend at ``url``, with the credentials for the environment's target."""
    credentials = _local_credentials() if environment.policy.target == "local" else settings.host
    return StateBackend(url, {k: v for k, v in credentials.items() if k.startswith("AWS_")})


def record_of(state: StateBackend, environment: Environment) -> EnvironmentRecord:
    """What is remembered of the environment; an empty record for a new one."""
    found = load(state, environment.app, environment.name)
    return found or EnvironmentRecord(app=environment.app, environment=environment.name)


def aws_environment(settings: Settings, target: Target) -> dict[str, str]:
    """The variables of a process that talks to the target: a few of the host's, and credentials."""
    chosen = {k: v for k, v in settings.host.items() if k in _PASSED_ON}
    if target.endpoint is not None:
        return {**chosen, **_local_credentials(), "AWS_ENDPOINT_URL": target.endpoint}
    chosen |= {k: v for k, v in settings.host.items() if k.startswith(_AWS_SETTINGS)}
    return {**chosen, "AWS_REGION": target.region} | (
        {"AWS_PROFILE": target.profile} if target.profile else {}
    )


async def account_of(target: Target, environment: Environment) -> str:
    """The AWS account of the target.

    Raises PrerequisiteError without usable credentials, GuardError for an account the policy refuses.
    """
    if target.kind == "local":
        return LOCAL_ACCOUNT
    account = await asyncio.to_thread(_caller_account, target)
    wanted = environment.policy.account
    if wanted and account != wanted:
        raise GuardError(
            f"these credentials are of the AWS account {account}; the policy wants {wanted}",
            hint=f"Use credentials of {wanted}, or change `account` of the policy {environment.policy_name}.",
        )
    return account


def _caller_account(target: Target) -> str:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return str(client(target, "sts").get_caller_identity()["Account"])
    except (BotoCoreError, ClientError) as error:
        raise PrerequisiteError(
            f"there are no usable AWS credentials ({error})",
            hint="Set AWS_PROFILE or run `aws sso login`; or stay on this machine with --target local.",
        ) from error


def _local_credentials() -> dict[str, str]:
    return {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1"}
