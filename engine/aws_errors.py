"""What boto3 raises as an error that says what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.errors import AwsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACCESS = ("AccessDenied", "AccessDeniedException", "UnauthorizedOperation")
_GONE = ("ResourceNotFoundException", "NoSuchBucket")
_EXPIRED = ("ExpiredToken", "ExpiredTokenException")


@contextmanager
def aws_errors(what: str) -> Iterator[None]:
    """Raise an AwsError that says ``what`` could not be done, where boto3 raises."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise AwsError(what, hint=_hint(error), details=(str(error),)) from error


def _hint(error: Exception) -> str:
    code = getattr(error, "response", {}).get("Error", {}).get("Code", "")
    if code in _ACCESS:
        return "Use credentials that may do this; `aws sts get-caller-identity` says whose these are."
    if code in _EXPIRED:
        return "Sign in again (`aws sso login`), then run the command again."
    if code in _GONE:
        return "`windlass status --refresh` says what is gone; `windlass deploy --refresh` brings it back."
    return "Run the command again; `windlass status` says where the environment is."
