"""``aws:apigatewayv2/stage:Stage``.

https://www.pulumi.com/registry/packages/aws/api-docs/apigatewayv2/stage/ . The id is the name. ApiId and
StageName are the createOnlyProperties of AWS::ApiGatewayV2::Stage in CloudFormation. The emulator keeps
logging and throttling, and does neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, TAGS, block, flag, number, text, whole
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.http_api import gateway
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_map

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _create(cloud: Cloud, inputs: Values) -> str:
    wanted = to_plain(API_STAGE.inputs, inputs, ("tags",))
    gateway(cloud, inputs).create_stage(**wanted, Tags=tag_map(inputs))
    return str(inputs["name"])


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    client = gateway(cloud, inputs)
    client.update_stage(**to_plain(API_STAGE.inputs, inputs, ("tags",)))
    arn = _arn(cloud, name, inputs)
    bring_tags(
        client.get_stage(ApiId=inputs["apiId"], StageName=name).get("Tags") or {},
        inputs,
        lambda tags: client.tag_resource(ResourceArn=arn, Tags=tags),
        lambda keys: client.untag_resource(ResourceArn=arn, TagKeys=keys),
    )


def _arn(cloud: Cloud, name: str, inputs: Values) -> str:
    region = inputs.get("region") or cloud.target.region
    return f"arn:aws:apigateway:{region}::/apis/{inputs['apiId']}/stages/{name}"


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    name = identity.rpartition("/")[2]  # an import has the API's before it
    there = gateway(cloud, inputs).get_stage(ApiId=inputs["apiId"], StageName=name)
    found = {
        **from_plain(API_STAGE.inputs, there),
        **map_inputs(there.get("Tags") or {}, inputs),
        "apiId": inputs["apiId"],
    }
    return Found(found, {"arn": _arn(cloud, name, inputs)}, name)


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    gateway(cloud, inputs).delete_stage(ApiId=inputs["apiId"], StageName=name)


API_STAGE = Resource(
    type="aws:apigatewayv2/stage:Stage",
    inputs={
        "apiId": text(required=True, replaces=True, unique=True),
        "name": text(replaces=True, unique=True, autoname=True, limit=128, api="StageName"),
        "autoDeploy": flag(default=False),
        "description": text(limit=1024),
        "accessLogSettings": block({"destinationArn": text(required=True), "format": text(required=True)}),
        "defaultRouteSettings": block(
            {
                "throttlingBurstLimit": whole(),
                "throttlingRateLimit": number(),
                "detailedMetricsEnabled": flag(),
            }
        ),
        **TAGS,
        **REGION,
    },
    outputs=("arn",),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
