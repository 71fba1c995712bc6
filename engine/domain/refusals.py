"""What AWS refuses before anything is changed, for people."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.errors import PrerequisiteError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def explained(permission: str, otherwise: str) -> Iterator[None]:
    """Turn what boto3 raises in the block into a PrerequisiteError that names the ``permission`` needed;
    ``otherwise`` is what to write in the spec to do without.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise PrerequisiteError(
            f"the domain could not be looked up ({error})",
            hint=f"Allow {permission}, or do without: `{otherwise}` beside `domain`.",
        ) from error
