"""Look at a live backend: one slot for each kind of check, in an order in which each has what it needs."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING

from engine.errors import WindlassError
from engine.events import Checked, Warned
from engine.verify.backend import (
    api_bad_token,
    api_public,
    api_with_token,
    api_without_token,
    graphql_with_token,
    graphql_without_token,
    ids,
    sign_in,
    sign_up,
    storage,
)
from engine.verify.backend.model import Visit
from engine.verify.model import Check
from engine.verify.web import UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.cancel import Cancel
    from engine.events import Emit
    from engine.verify.backend.model import BackendRequest

    Slot = Callable[[Visit], Check | None]

# A slot gives a check, or None where the spec has nothing of the kind. Blocking calls are fine.
SLOTS: tuple[tuple[str, Slot], ...] = (
    ("frontend-ids", ids.check),
    ("sign-up", sign_up.check),
    ("sign-in", sign_in.check),
    ("api-public", api_public.check),
    ("api-without-token", api_without_token.check),
    ("api-bad-token", api_bad_token.check),
    ("api-with-token", api_with_token.check),
    ("graphql-without-token", graphql_without_token.check),
    ("graphql-with-token", graphql_with_token.check),
    ("storage", storage.check),
)


async def verify_backend(request: BackendRequest, emit: Emit, cancel: Cancel) -> tuple[Check, ...]:
    """Check the backend as a user of its own making; emits a ``Checked`` for each check.

    What was made is removed again, also where a check fails or somebody asks to stop; where it cannot be, a
    warning names it. A failed check, or an answer that does not come, is a check that did not pass.
    """
    visit = Visit(request, ExitStack())
    done = []
    try:
        for name, slot in SLOTS:
            cancel.check()
            if (check := await asyncio.to_thread(_guarded, name, slot, visit)) is not None:
                emit(Checked(check.name, check.passed, check.message))
                done.append(check)
    finally:
        if trouble := await asyncio.shield(asyncio.to_thread(_cleaned_up, visit)):
            emit(Warned(message=f"what was made to verify could not all be removed: {trouble}"))
    return tuple(done)


def _guarded(name: str, slot: Slot, visit: Visit) -> Check | None:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        with visit.busy:
            return slot(visit)
    except (BotoCoreError, ClientError, WindlassError, *UNREACHABLE) as error:
        return Check(name, False, str(error) or type(error).__name__)


def _cleaned_up(visit: Visit) -> str:
    """Undo what the checks made, all of it, even if one part fails; what the last failure was."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        with visit.busy:
            visit.cleanup.close()
    except (BotoCoreError, ClientError) as error:
        return str(error)
    return ""
