"""``aws:appsync/dataSource:DataSource``.

https://www.pulumi.com/registry/packages/aws/api-docs/appsync/datasource/ . The id is ``<api>-<name>``,
which import takes. ApiId and Name are the createOnlyProperties of AWS::AppSync::DataSource in
CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, block, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.graphql_api import appsync

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _settings(cloud: Cloud, inputs: Values) -> Values:
    made = {name: inputs[name] for name in ("apiId", "name", "type", "description") if inputs.get(name)}
    if role := inputs.get("serviceRoleArn"):
        made["serviceRoleArn"] = role
    if table := inputs.get("dynamodbConfig"):
        region = table.get("region") or cloud.target.region
        made["dynamodbConfig"] = {"tableName": table["tableName"], "awsRegion": region}
    if function := inputs.get("lambdaConfig"):
        made["lambdaConfig"] = {"lambdaFunctionArn": function["functionArn"]}
    return made


def _create(cloud: Cloud, inputs: Values) -> str:
    appsync(cloud, inputs).create_data_source(**_settings(cloud, inputs))
    return f"{inputs['apiId']}-{inputs['name']}"


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    appsync(cloud, inputs).update_data_source(**_settings(cloud, inputs))


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    api, _, name = identity.partition("-")
    there = appsync(cloud, inputs).get_data_source(apiId=api, name=name)["dataSource"]
    table, function = there.get("dynamodbConfig"), there.get("lambdaConfig")
    found = {
        "apiId": api,
        "name": name,
        "type": there["type"],
        "description": there.get("description"),
        "serviceRoleArn": there.get("serviceRoleArn"),
        "dynamodbConfig": table and {"tableName": table["tableName"], "region": table.get("awsRegion")},
        "lambdaConfig": function and {"functionArn": function["lambdaFunctionArn"]},
    }
    return Found(found, {"arn": there.get("dataSourceArn")})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    api, _, name = identity.partition("-")
    appsync(cloud, inputs).delete_data_source(apiId=api, name=name)


GRAPHQL_DATA_SOURCE = Resource(
    type="aws:appsync/dataSource:DataSource",
    inputs={
        "apiId": text(required=True, replaces=True, unique=True),
        "name": text(replaces=True, unique=True, autoname=True, limit=65_536),
        "type": text(required=True, choices=("AMAZON_DYNAMODB", "AWS_LAMBDA", "NONE")),
        "description": text(),
        "serviceRoleArn": text(),
        "dynamodbConfig": block({"tableName": text(required=True), "region": text(computed=True)}),
        "lambdaConfig": block({"functionArn": text(required=True)}),
        **REGION,
    },
    outputs=("arn",),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
