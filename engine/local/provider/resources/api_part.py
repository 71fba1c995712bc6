"""What an HTTP API consists of: integrations, routes and authorizers are alike but for their inputs.

Each has an id of its own inside of its API; ApiId is a createOnlyProperty of all three in CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import REGION, Fields, text
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.http_api import gateway

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def api_part(noun: str, fields: Fields) -> Resource:
    """The entry of a ``noun`` of API Gateway (``Route``) with these inputs besides its API."""
    inputs: Fields = {"apiId": text(required=True, replaces=True), **fields, **REGION}
    verb, key = noun.lower(), f"{noun}Id"

    def create(cloud: Cloud, values: Values) -> str:
        call = getattr(gateway(cloud, values), f"create_{verb}")
        return str(call(**to_plain(inputs, values))[key])

    def update(cloud: Cloud, identity: str, values: Values) -> None:
        call = getattr(gateway(cloud, values), f"update_{verb}")
        call(**{key: identity}, **to_plain(inputs, values))

    def read(cloud: Cloud, identity: str, values: Values) -> Found:
        call = getattr(gateway(cloud, values), f"get_{verb}")
        own = identity.rpartition("/")[2]  # an import has the API's before it
        there = call(**{"ApiId": values["apiId"], key: own})
        return Found({**from_plain(inputs, there), "apiId": values["apiId"]}, {}, own)

    def delete(cloud: Cloud, identity: str, values: Values) -> None:
        call = getattr(gateway(cloud, values), f"delete_{verb}")
        call(**{"ApiId": values["apiId"], key: identity})

    return Resource(
        type=f"aws:apigatewayv2/{verb}:{noun}",
        inputs=inputs,
        outputs=(),
        stable=(),
        create=create,
        read=read,
        update=update,
        delete=delete,
    )
