"""The secrets of an application in SSM Parameter Store: SecureStrings at ``/windlass/<app>/<scope>/<NAME>``.

So a role may be given those of some environments alone: ``ssm:GetParameters`` allowed on
``parameter/windlass/<app>/*`` and denied on ``.../prod/*``; without ``ssm:GetParametersByPath``, which is for
listing alone, and does not stop at a denied path
(https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.build.masking import Mask
from engine.errors import PrerequisiteError, UsageError
from engine.secrets.model import LARGEST, Secret, StoredSecret, folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_AT_ONCE = 10  # https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html


@dataclass(frozen=True)
class SecretStore:
    """``client`` is boto3's of SSM, ``key`` the KMS key of new values (None: AWS's own for SSM)."""

    client: Any
    app: str
    key: str | None = None

    def get(self, names: Iterable[str], scopes: Sequence[str]) -> tuple[Secret, ...]:
        """Those of ``names`` that are set, each from the first of ``scopes`` that has it."""
        wanted = [(name, scope) for name in dict.fromkeys(names) for scope in scopes]
        found: dict[str, Secret] = {}
        with self._errors("read"):
            parameters = self._parameters([self.path(name, scope) for name, scope in wanted])
        for name, scope in wanted:
            if name not in found and (parameter := parameters.get(self.path(name, scope))):
                found[name] = Secret(name, parameter["Value"], scope, _stamp(parameter))
        return tuple(found.values())

    def stored(self, scope: str = "") -> tuple[StoredSecret, ...]:
        """All secrets of the application, or of one scope, by name; no value is decrypted."""
        with self._errors("listed"):
            pages = self.client.get_paginator("get_parameters_by_path").paginate(
                Path=folder(self.app, scope), Recursive=True
            )
            found = [_stored(parameter) for page in pages for parameter in page["Parameters"]]
        mine = (secret for secret in found if secret.path == self.path(secret.name, secret.scope))
        return tuple(sorted(mine, key=lambda secret: (secret.name, secret.scope)))

    def set(self, name: str, scope: str, value: str) -> bool:
        """Keep ``value``; gives whether the secret is new. Raises UsageError for what SSM does not take."""
        _check(name, value)
        asked: dict[str, Any] = {"Name": self.path(name, scope), "Value": value, "Type": "SecureString"}
        asked |= {"KeyId": self.key} if self.key else {}
        tags = [{"Key": "windlass:app", "Value": self.app}, {"Key": "windlass:environment", "Value": scope}]
        with self._errors("set", value):
            try:
                # Tags are only taken with a new parameter, and Overwrite then not at all.
                self.client.put_parameter(**asked, Tags=tags)
            except self.client.exceptions.ParameterAlreadyExists:
                self.client.put_parameter(**asked, Overwrite=True)
                return False
        return True

    def remove(self, name: str, scope: str) -> bool:
        """Remove the secret; gives whether there was one."""
        with self._errors("removed"):
            try:
                self.client.delete_parameter(Name=self.path(name, scope))
            except self.client.exceptions.ParameterNotFound:
                return False
        return True

    def path(self, name: str, scope: str) -> str:
        """The parameter's name."""
        return f"{folder(self.app, scope)}/{name}"

    def _parameters(self, paths: list[str]) -> dict[str, dict[str, Any]]:
        answers = (
            self.client.get_parameters(Names=paths[first : first + _AT_ONCE], WithDecryption=True)
            for first in range(0, len(paths), _AT_ONCE)
        )
        return {parameter["Name"]: parameter for answer in answers for parameter in answer["Parameters"]}

    @contextmanager
    def _errors(self, done: str, hidden: str = "") -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            raise PrerequisiteError(
                f"the secrets of {self.app} could not be {done} in SSM Parameter Store",
                hint="The credentials need ssm:GetParameter*, ssm:PutParameter and ssm:DeleteParameter on "
                f"parameter{folder(self.app)}/*, and the use of the KMS key.",
                details=(Mask([hidden]).text(str(error)),),
            ) from error


def _check(name: str, value: str) -> None:
    if not value:
        raise UsageError(f"the value of {name} is empty", hint="`windlass secrets rm` takes a secret away.")
    if "\0" in value:
        said = f"the value of {name} holds a NUL byte, which no variable can"
        raise UsageError(said, hint="Encode it as base64.")
    size = len(value.encode(errors="surrogateescape"))
    if size > LARGEST:
        raise UsageError(
            f"the value of {name} has {size:,} bytes; SSM Parameter Store takes {LARGEST:,}",
            hint="Keep what is larger in a bucket or in Secrets Manager, and the key to it here.",
        )


def _stamp(parameter: dict[str, Any]) -> str:
    # A secret that is removed and set again begins with version 1 again.
    return f"{parameter['Version']}:{parameter['LastModifiedDate'].timestamp()}"


def _stored(parameter: dict[str, Any]) -> StoredSecret:
    _, scope, name = parameter["Name"].rsplit("/", 2)
    return StoredSecret(
        name, scope, parameter["Name"], parameter["Version"], parameter.get("LastModifiedDate")
    )
