"""``aws:appsync/graphQLApi:GraphQLApi``.

https://www.pulumi.com/registry/packages/aws/api-docs/appsync/graphqlapi/ . The id is the API's; the schema is
written by StartSchemaCreation. The emulator names addresses of AWS; here they are this machine's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import LocalTargetError
from engine.local.provider.fields import REGION, TAGS, block, flag, items, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_map

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.fields import Fields
    from engine.local.provider.values import Values

_TYPES = ("API_KEY", "AWS_IAM", "AMAZON_COGNITO_USER_POOLS")
_POOL: Fields = {
    "userPoolId": text(required=True),
    "appIdClientRegex": text(),
    "awsRegion": text(computed=True),
}
_LOG: Fields = {
    "cloudwatchLogsRoleArn": text(required=True),
    "fieldLogLevel": text(required=True),
    "excludeVerboseContent": flag(default=False),
}


def appsync(cloud: Cloud, inputs: Values) -> Any:
    """The client of AppSync for a resource with these inputs."""
    return cloud.client("appsync", inputs.get("region"))


def _settings(cloud: Cloud, inputs: Values) -> Values:
    region = inputs.get("region") or cloud.target.region
    made: Values = {
        "name": inputs["name"],
        "authenticationType": inputs["authenticationType"],
        "additionalAuthenticationProviders": [
            _provider(one, region) for one in inputs.get("additionalAuthenticationProviders") or ()
        ],
    }
    if pool := inputs.get("userPoolConfig"):
        made["userPoolConfig"] = {"awsRegion": region, **pool}
    if log := inputs.get("logConfig"):
        role = {"cloudWatchLogsRoleArn": log["cloudwatchLogsRoleArn"]}
        made["logConfig"] = {**role, **{key: log[key] for key in log if key != "cloudwatchLogsRoleArn"}}
    return made


def _provider(one: Values, region: str) -> Values:
    pool = one.get("userPoolConfig")
    return {**one, **({"userPoolConfig": {"awsRegion": region, **pool}} if pool else {})}


def _create(cloud: Cloud, inputs: Values) -> str:
    answer = appsync(cloud, inputs).create_graphql_api(**_settings(cloud, inputs), tags=tag_map(inputs))
    return str(answer["graphqlApi"]["apiId"])


def _write_schema(cloud: Cloud, identity: str, inputs: Values) -> None:
    if not inputs.get("schema"):
        return
    client = appsync(cloud, inputs)
    client.start_schema_creation(apiId=identity, definition=inputs["schema"].encode())
    status = client.get_schema_creation_status(apiId=identity)
    if status["status"] == "FAILED":
        raise LocalTargetError(f"schema: {status.get('details')}")


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    client = appsync(cloud, inputs)
    there = client.update_graphql_api(apiId=identity, **_settings(cloud, inputs))["graphqlApi"]
    _write_schema(cloud, identity, inputs)
    bring_tags(
        there.get("tags") or {},
        inputs,
        lambda tags: client.tag_resource(resourceArn=there["arn"], tags=tags),
        lambda keys: client.untag_resource(resourceArn=there["arn"], tagKeys=keys),
    )


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    there = appsync(cloud, inputs).get_graphql_api(apiId=identity)["graphqlApi"]
    log = there.get("logConfig")
    found = {
        "name": there["name"],
        "authenticationType": there["authenticationType"],
        "additionalAuthenticationProviders": there.get("additionalAuthenticationProviders"),
        "userPoolConfig": there.get("userPoolConfig"),
        "logConfig": {**_without(log), "cloudwatchLogsRoleArn": log["cloudWatchLogsRoleArn"]}
        if log
        else None,
        "schema": inputs.get("schema"),
        **map_inputs(there.get("tags") or {}, inputs),
    }
    graphql = f"http://{identity}.appsync-api.localhost:{cloud.target.port}/graphql"
    return Found(found, {"arn": there["arn"], "uris": {**there["uris"], "GRAPHQL": graphql}})


def _without(log: Values) -> Values:
    return {key: value for key, value in log.items() if key != "cloudWatchLogsRoleArn"}


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    appsync(cloud, inputs).delete_graphql_api(apiId=identity)


GRAPHQL_API = Resource(
    type="aws:appsync/graphQLApi:GraphQLApi",
    inputs={
        "name": text(autoname=True, limit=65_536),
        "authenticationType": text(required=True, choices=_TYPES),
        "userPoolConfig": block({**_POOL, "defaultAction": text(choices=("ALLOW", "DENY"))}),
        "additionalAuthenticationProviders": items(
            block({"authenticationType": text(required=True, choices=_TYPES), "userPoolConfig": block(_POOL)})
        ),
        "logConfig": block(_LOG),
        "schema": text(),
        **TAGS,
        **REGION,
    },
    outputs=("arn", "uris"),
    stable=("arn", "uris"),
    create=_create,
    settle=_write_schema,
    read=_read,
    update=_update,
    delete=_delete,
)
