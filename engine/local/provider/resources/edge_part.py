"""What a distribution refers to: policies and access controls are alike but for their inputs.

Each has an id that AWS gives, and an ETag that an update and a deletion must bring. Nothing forces a
replacement, the name neither: the update replaces the whole configuration, and none of them has
createOnlyProperties in CloudFormation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.local.provider.api import from_api, to_api
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.fields import Fields
    from engine.local.provider.values import Values


def edge_part(noun: str, inputs: Fields, *, silent: Values | None = None, **options: Any) -> Resource:
    """The entry of a ``noun`` of CloudFront (``CachePolicy``) with these inputs.

    ``silent`` are values that AWS does not tell, where they are not the defaults; ``options`` are more of
    :class:`Resource`.
    """
    words = [word.lower() for word in re.findall("[A-Z][a-z]*", noun)]
    verb, config = "_".join(words), f"{noun}Config"

    def call(cloud: Cloud, operation: str, **parameters: Any) -> Any:
        return getattr(cloud.cloudfront, f"{operation}_{verb}")(**parameters)

    def create(cloud: Cloud, values: Values) -> str:
        return str(call(cloud, "create", **{config: to_api(inputs, values)})[noun]["Id"])

    def read(cloud: Cloud, identity: str, values: Values) -> Found:
        answer = call(cloud, "get", Id=identity)
        outputs = {"arn": cloud.arn(f"{'-'.join(words)}/{identity}"), "etag": answer["ETag"]}
        return Found({**(silent or {}), **from_api(inputs, answer[noun][config])}, outputs)

    def update(cloud: Cloud, identity: str, values: Values) -> None:
        etag = call(cloud, "get", Id=identity)["ETag"]
        call(cloud, "update", Id=identity, IfMatch=etag, **{config: to_api(inputs, values)})

    def delete(cloud: Cloud, identity: str, values: Values) -> None:
        etag = call(cloud, "get", Id=identity)["ETag"]
        call(cloud, "delete", Id=identity, IfMatch=etag)

    return Resource(
        type=f"aws:cloudfront/{noun[0].lower()}{noun[1:]}:{noun}",
        inputs=inputs,
        outputs=("arn", "etag"),
        stable=("arn",),
        create=create,
        read=read,
        update=update,
        delete=delete,
        **options,
    )
