"""Tags as the APIs write them, and as the inputs have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import DEFAULT_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

TagList = list[dict[str, str]]


def tag_list(inputs: Values) -> TagList:
    """All tags of a resource, its own and the provider's, as the APIs want them."""
    every = {**(inputs.get(DEFAULT_TAGS) or {}), **(inputs.get("tags") or {})}
    return [{"Key": key, "Value": value} for key, value in every.items()]


def tag_map(inputs: Values) -> dict[str, str]:
    """The same, for the APIs that want a mapping."""
    return {tag["Key"]: tag["Value"] for tag in tag_list(inputs)}


def map_inputs(there: Mapping[str, str], known: Values) -> Values:
    """The tag inputs for the tags that AWS has as a mapping."""
    return tag_inputs([{"Key": key, "Value": value} for key, value in there.items()], known)


def bring_tags(
    there: Mapping[str, str],
    inputs: Values,
    tag: Callable[[dict[str, str]], object],
    untag: Callable[[list[str]], object],
) -> None:
    """Have ``tag`` and ``untag`` bring the tags that are ``there`` to those of the inputs."""
    wanted = tag_map(inputs)
    if gone := [key for key in there if key not in wanted]:
        untag(gone)
    if wanted and wanted != there:
        tag(wanted)


def tag_inputs(listed: TagList, known: Values) -> Values:
    """The tag inputs for the tags that AWS has.

    A tag that the provider adds by default is none of the resource's own, unless the program says so.
    """
    every = {tag["Key"]: tag["Value"] for tag in listed}
    own, default = known.get("tags") or {}, known.get(DEFAULT_TAGS) or {}
    kept = {key: value for key, value in default.items() if key in own or every.get(key) == value}
    return {
        "tags": {key: value for key, value in every.items() if key in own or key not in kept},
        DEFAULT_TAGS: kept,
    }


def read_tags(cloud: Cloud, arn: str, known: Values) -> Values:
    """The tag inputs of a CloudFront resource."""
    answer = cloud.cloudfront.list_tags_for_resource(Resource=arn)
    return tag_inputs(answer["Tags"].get("Items", []), known)


def write_tags(cloud: Cloud, arn: str, inputs: Values) -> None:
    """Gives a CloudFront resource the tags of its inputs, and takes away all others."""
    there = cloud.cloudfront.list_tags_for_resource(Resource=arn)["Tags"].get("Items", [])
    wanted = tag_list(inputs)
    keys = {tag["Key"] for tag in wanted}
    gone = [tag["Key"] for tag in there if tag["Key"] not in keys]
    if gone:
        cloud.cloudfront.untag_resource(Resource=arn, TagKeys={"Items": gone})
    if wanted:
        cloud.cloudfront.tag_resource(Resource=arn, Tags={"Items": wanted})


def creation_tags(inputs: Values) -> dict[str, Any]:
    """The parameter of a CloudFront call that creates with tags; nothing where there are none."""
    wanted = tag_list(inputs)
    return {"Tags": {"Items": wanted}} if wanted else {}
