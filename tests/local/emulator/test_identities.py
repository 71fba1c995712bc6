import asyncio
import json

from engine.local.emulator.identities import forgetting


def test_identities_are_deleted_and_all_else_is_passed_on():
    pools = {"pool": {"_identities": {"a": {}, "b": {}}}}

    async def others(action, data):
        return action

    dispatch = forgetting(others, pools)
    status, _, body = asyncio.run(dispatch("DeleteIdentities", {"IdentityIdsToDelete": ["a", "gone"]}))
    assert (status, json.loads(body)) == (200, {"UnprocessedIdentityIds": []})
    assert list(pools["pool"]["_identities"]) == ["b"]
    assert asyncio.run(dispatch("GetId", {})) == "GetId"
