"""``aws:apigatewayv2/api:Api``.

https://www.pulumi.com/registry/packages/aws/api-docs/apigatewayv2/api/ . The id is the API's. ProtocolType is
the createOnlyProperty of AWS::ApiGatewayV2::Api in CloudFormation. The emulator takes the id from the tag
``ms-custom-id``; here it is left to choose one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, TAGS, block, flag, items, text, whole
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_map

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_CORS = {
    "allowCredentials": flag(),
    "allowHeaders": items(text()),
    "allowMethods": items(text()),
    "allowOrigins": items(text()),
    "exposeHeaders": items(text()),
    "maxAge": whole(),
}


def gateway(cloud: Cloud, inputs: Values) -> Any:
    """The client of API Gateway for a resource with these inputs."""
    return cloud.client("apigatewayv2", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    wanted = to_plain(HTTP_API.inputs, inputs, ("tags",))
    return str(gateway(cloud, inputs).create_api(**wanted, Tags=tag_map(inputs))["ApiId"])


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    client = gateway(cloud, inputs)
    client.update_api(ApiId=identity, **to_plain(HTTP_API.inputs, inputs, ("tags", "protocolType")))
    arn = _arn(cloud, identity, inputs)
    bring_tags(
        client.get_api(ApiId=identity).get("Tags") or {},
        inputs,
        lambda tags: client.tag_resource(ResourceArn=arn, Tags=tags),
        lambda keys: client.untag_resource(ResourceArn=arn, TagKeys=keys),
    )


def _arn(cloud: Cloud, identity: str, inputs: Values) -> str:
    return f"arn:aws:apigateway:{inputs.get('region') or cloud.target.region}::/apis/{identity}"


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    there = gateway(cloud, inputs).get_api(ApiId=identity)
    region = inputs.get("region") or cloud.target.region
    outputs = {
        # The emulator keeps the port it had when the API was made, and has another when that one is taken.
        "apiEndpoint": f"http://{identity}.execute-api.localhost:{cloud.target.port}",
        "arn": _arn(cloud, identity, inputs),
        "executionArn": f"arn:aws:execute-api:{region}:{cloud.account}:{identity}",
    }
    found = {**from_plain(HTTP_API.inputs, there), **map_inputs(there.get("Tags") or {}, inputs)}
    return Found(found, outputs)


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    gateway(cloud, inputs).delete_api(ApiId=identity)


HTTP_API = Resource(
    type="aws:apigatewayv2/api:Api",
    inputs={
        "name": text(autoname=True, limit=128),
        "protocolType": text(required=True, replaces=True, choices=("HTTP",)),
        "description": text(limit=1024),
        "corsConfiguration": block(_CORS),
        "disableExecuteApiEndpoint": flag(default=False),
        **TAGS,
        **REGION,
    },
    outputs=("apiEndpoint", "arn", "executionArn"),
    stable=("arn", "executionArn"),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
