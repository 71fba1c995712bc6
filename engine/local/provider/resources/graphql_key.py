"""``aws:appsync/apiKey:ApiKey``.

https://www.pulumi.com/registry/packages/aws/api-docs/appsync/apikey/ . The id is ``<api>:<key>``, which
import takes. ApiId is a createOnlyProperty of AWS::AppSync::ApiKey in CloudFormation. AppSync rounds the
time down to the hour.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.graphql_api import appsync

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _create(cloud: Cloud, inputs: Values) -> str:
    answer = appsync(cloud, inputs).create_api_key(apiId=inputs["apiId"], **_settings(inputs))
    return f"{inputs['apiId']}:{answer['apiKey']['id']}"


def _settings(inputs: Values) -> Values:
    made: Values = {"description": inputs.get("description") or ""}
    if expires := inputs.get("expires"):
        made["expires"] = int(datetime.fromisoformat(expires).timestamp())
    return made


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    api, _, key = identity.partition(":")
    appsync(cloud, inputs).update_api_key(apiId=api, id=key, **_settings(inputs))


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found | None:
    api, _, key = identity.partition(":")
    listed = appsync(cloud, inputs).list_api_keys(apiId=api)["apiKeys"]
    there = next((one for one in listed if one["id"] == key), None)
    if there is None:
        return None
    expires = datetime.fromtimestamp(there["expires"], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = {"apiId": api, "description": there.get("description"), "expires": expires}
    return Found(found, {"key": key, "apiKeyId": key})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    api, _, key = identity.partition(":")
    appsync(cloud, inputs).delete_api_key(apiId=api, id=key)


GRAPHQL_KEY = Resource(
    type="aws:appsync/apiKey:ApiKey",
    inputs={
        "apiId": text(required=True, replaces=True),
        "description": text(),
        "expires": text(computed=True),
        **REGION,
    },
    outputs=("key", "apiKeyId"),
    stable=("key", "apiKeyId"),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
