"""``DeleteIdentities``, which ministack's identity pools do not know.

https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_DeleteIdentities.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Dispatch = Callable[[str, dict[str, Any]], Awaitable[Any]]


def forgetting(dispatch: Dispatch, pools: Mapping[str, Any]) -> Dispatch:
    """ministack's ``cognito._dispatch_identity`` over its ``_identity_pools``, with that action."""

    async def dispatched(action: str, data: dict[str, Any]) -> Any:
        if action != "DeleteIdentities":
            return await dispatch(action, data)
        for identity in data["IdentityIdsToDelete"]:
            for pool in pools.values():
                pool["_identities"].pop(identity, None)
        headers = {"Content-Type": "application/x-amz-json-1.1"}
        return 200, headers, json.dumps({"UnprocessedIdentityIds": []}).encode()

    return dispatched
