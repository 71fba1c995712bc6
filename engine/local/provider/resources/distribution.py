"""``aws:cloudfront/distribution:Distribution``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/distribution/ . The id is the one that AWS
gives. Of what is supported here nothing forces a replacement (only ``staging`` does in the official
provider); AWS::CloudFront::Distribution has no createOnlyProperties in CloudFormation. A distribution must
be disabled before it can be deleted. AWS refuses references to what does not exist and functions that are
not published; the emulator does not, so they are looked up here.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from engine.errors import LocalTargetError
from engine.local.provider.api import from_api, to_api
from engine.local.provider.check import Failure
from engine.local.provider.cloud import Cloud, is_gone
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.distribution_inputs import CONFIG, INPUTS
from engine.local.provider.resources.tags import creation_tags, read_tags, write_tags
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WAIT = {"Delay": 1, "MaxAttempts": 120}  # seconds between two looks, and looks; at once as a rule
_HOSTED_ZONE = "Z2FDTNDATAQYW2"  # of all distributions, says the docstring of hosted_zone_id


def _check(inputs: Values) -> Iterator[Failure]:
    origins = _origin_ids(inputs["origins"])
    for path, behavior in _behaviors(inputs):
        wanted = behavior["targetOriginId"]
        if UNKNOWN not in (wanted, *origins) and wanted not in origins:
            yield Failure(f"{path}.targetOriginId", f'there is no origin "{wanted}"')
    certificate = inputs["viewerCertificate"]
    if inputs.get("aliases") and certificate is not UNKNOWN and not _has_own(certificate):
        yield Failure(
            "viewerCertificate", "aliases need a certificate: acmCertificateArn or iamCertificateId"
        )


def _origin_ids(origins: Any) -> list[Any]:
    if origins is UNKNOWN:
        return [UNKNOWN]
    return [origin if origin is UNKNOWN else origin["originId"] for origin in origins]


def _has_own(certificate: Values) -> bool:
    return bool(certificate.get("acmCertificateArn") or certificate.get("iamCertificateId"))


def _behaviors(inputs: Values) -> Iterator[tuple[str, Values]]:
    """All behaviors that are known, with their property paths."""
    ordered = inputs.get("orderedCacheBehaviors") or []
    listed = [] if ordered is UNKNOWN else ordered
    every = [(f"orderedCacheBehaviors[{index}]", behavior) for index, behavior in enumerate(listed)]
    for path, behavior in [("defaultCacheBehavior", inputs["defaultCacheBehavior"]), *every]:
        if behavior is not UNKNOWN:
            yield path, behavior


def _create(cloud: Cloud, inputs: Values) -> str:
    _refuse_missing_references(cloud, inputs)
    config = _config(inputs, f"windlass-{uuid.uuid4()}")
    if tags := creation_tags(inputs):
        answer = cloud.cloudfront.create_distribution_with_tags(
            DistributionConfigWithTags={"DistributionConfig": config, **tags}
        )
    else:
        answer = cloud.cloudfront.create_distribution(DistributionConfig=config)
    return str(answer["Distribution"]["Id"])


def _settle(cloud: Cloud, identity: str, inputs: Values) -> None:
    if inputs.get("waitForDeployment", True):
        cloud.cloudfront.get_waiter("distribution_deployed").wait(Id=identity, WaiterConfig=_WAIT)


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    _refuse_missing_references(cloud, inputs)
    there = cloud.cloudfront.get_distribution(Id=identity)
    reference = there["Distribution"]["DistributionConfig"]["CallerReference"]
    cloud.cloudfront.update_distribution(
        Id=identity, IfMatch=there["ETag"], DistributionConfig=_config(inputs, reference)
    )
    write_tags(cloud, there["Distribution"]["ARN"], inputs)
    _settle(cloud, identity, inputs)


def _config(inputs: Values, reference: str) -> Values:
    config = to_api(CONFIG, inputs)
    for origin in config["Origins"]["Items"]:
        if "CustomOriginConfig" not in origin:
            origin.setdefault("S3OriginConfig", {"OriginAccessIdentity": ""})
    return {**config, "CallerReference": reference}


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    answer = cloud.cloudfront.get_distribution(Id=identity)
    there = answer["Distribution"]
    config = there["DistributionConfig"]
    outputs = {
        "arn": there["ARN"],
        "callerReference": config["CallerReference"],
        "domainName": there["DomainName"],
        "etag": answer["ETag"],
        "hostedZoneId": _HOSTED_ZONE,
        "inProgressValidationBatches": there.get("InProgressInvalidationBatches", 0),
        "lastModifiedTime": there["LastModifiedTime"].isoformat(),
        "status": there["Status"],
    }
    return Found({**from_api(CONFIG, config), **read_tags(cloud, there["ARN"], inputs)}, outputs)


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    etag = _disable(cloud, identity)
    if not inputs.get("retainOnDelete"):
        cloud.cloudfront.delete_distribution(Id=identity, IfMatch=etag)


def _disable(cloud: Cloud, identity: str) -> str:
    """Disables the distribution, waits for that to be everywhere, and gives the ETag to delete it with."""
    answer = cloud.cloudfront.get_distribution_config(Id=identity)
    if answer["DistributionConfig"]["Enabled"]:
        config = {**answer["DistributionConfig"], "Enabled": False}
        answer = cloud.cloudfront.update_distribution(
            Id=identity, IfMatch=answer["ETag"], DistributionConfig=config
        )
        cloud.cloudfront.get_waiter("distribution_deployed").wait(Id=identity, WaiterConfig=_WAIT)
    return str(answer["ETag"])


def _refuse_missing_references(cloud: Cloud, inputs: Values) -> None:
    client = cloud.cloudfront
    for origin in inputs["origins"]:
        _refuse_missing(client.get_origin_access_control, origin.get("originAccessControlId"))
    for _, behavior in _behaviors(inputs):
        _refuse_missing(client.get_cache_policy, behavior.get("cachePolicyId"))
        _refuse_missing(client.get_origin_request_policy, behavior.get("originRequestPolicyId"))
        _refuse_missing(client.get_response_headers_policy, behavior.get("responseHeadersPolicyId"))
        for association in behavior.get("functionAssociations") or ():
            _refuse_unpublished(cloud, association["functionArn"])


def _refuse_missing(get: Callable[..., Any], identity: str | None) -> None:
    if not identity:
        return
    try:
        get(Id=identity)
    except ClientError as error:
        if is_gone(error):
            raise LocalTargetError(f"{error.operation_name}: there is no {identity}") from error
        raise


def _refuse_unpublished(cloud: Cloud, arn: str) -> None:
    try:
        cloud.cloudfront.describe_function(Name=arn.rpartition("/")[2], Stage="LIVE")
    except ClientError as error:
        if is_gone(error):
            raise LocalTargetError(
                f"functionAssociations: {arn} does not exist or is not published"
            ) from error
        raise


DISTRIBUTION = Resource(
    type="aws:cloudfront/distribution:Distribution",
    inputs=INPUTS,
    outputs=(
        "arn",
        "callerReference",
        "domainName",
        "etag",
        "hostedZoneId",
        "inProgressValidationBatches",
        "lastModifiedTime",
        "status",
    ),
    stable=("arn", "callerReference", "domainName", "hostedZoneId"),
    create=_create,
    settle=_settle,
    read=_read,
    update=_update,
    delete=_delete,
    check=_check,
)
