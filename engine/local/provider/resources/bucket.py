"""``aws:s3/bucket:Bucket``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/ . The id is the name (docstring of
pulumi_aws.s3.Bucket: "import S3 bucket using the `bucket`"). BucketName is the createOnlyProperty of
AWS::S3::Bucket in CloudFormation; the official provider says "Forces new resource" of bucket and region.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from engine.local.provider.check import Failure
from engine.local.provider.fields import REGION, TAGS, flag, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import TagList, tag_inputs, tag_list
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.cloud import Cloud

_AT_ONCE = 1000  # the most keys of one DeleteObjects call
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_NAME = re.compile(r"(?!xn--|sthree-|\d+\.\d+\.\d+\.\d+$)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]")
# https://docs.aws.amazon.com/general/latest/gr/s3.html#s3_website_region_endpoints
_HOSTED_ZONES = {
    "us-east-1": "Z3AQBSTGFYJSTF",
    "us-east-2": "Z2O1EMRO9K5GLX",
    "us-west-1": "Z2F56UZL2M1ACD",
    "us-west-2": "Z3BJ6K6RIION7M",
    "ca-central-1": "Z1QDHH18159H29",
    "eu-central-1": "Z21DNDUVLTQW6Q",
    "eu-north-1": "Z3BAZG2TWCNX0D",
    "eu-west-1": "Z1BKCTXD74EZPE",
    "eu-west-2": "Z3GKZC51ZF0DB4",
    "eu-west-3": "Z3R1K369G5AVDG",
    "ap-northeast-1": "Z2M4EHUR26P7ZW",
    "ap-southeast-1": "Z3O0J2DXBE1FTB",
    "ap-southeast-2": "Z1WCIGYICN2BYD",
}


def _check(inputs: Values) -> Iterator[Failure]:
    name = inputs.get("bucket")
    if name is not UNKNOWN and not _NAME.fullmatch(str(name)):
        yield Failure("bucket", f'"{name}" is no bucket name: 3 to 63 of a-z, 0-9, "-" and "."')


def _create(cloud: Cloud, inputs: Values) -> str:
    place = {} if inputs["region"] == "us-east-1" else {"LocationConstraint": inputs["region"]}
    options = {"CreateBucketConfiguration": place} if place else {}
    if inputs["region"] == "us-east-1":
        _refuse_existing(cloud, inputs)
    cloud.s3(inputs).create_bucket(Bucket=inputs["bucket"], **options)
    return str(inputs["bucket"])


def _refuse_existing(cloud: Cloud, inputs: Values) -> None:
    # CreateBucket in us-east-1 answers 200 for a bucket that one owns already; two stacks would share it.
    try:
        cloud.s3(inputs).head_bucket(Bucket=inputs["bucket"])
    except ClientError:
        return
    message = f"{inputs['bucket']} exists already and belongs to this account"
    raise ClientError({"Error": {"Code": "BucketAlreadyOwnedByYou", "Message": message}}, "CreateBucket")


def _write_tags(cloud: Cloud, name: str, inputs: Values) -> None:
    tags = tag_list(inputs)
    if tags:
        cloud.s3(inputs).put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    else:
        cloud.s3(inputs).delete_bucket_tagging(Bucket=name)


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    answer = cloud.s3(inputs).head_bucket(Bucket=name)
    region = answer.get("BucketRegion") or inputs.get("region") or cloud.target.region
    outputs = {
        "arn": f"arn:aws:s3:::{name}",
        "bucketDomainName": f"{name}.s3.amazonaws.com",
        "bucketRegion": region,
        "bucketRegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
        "hostedZoneId": _HOSTED_ZONES.get(region),
    }
    return Found({"bucket": name, **tag_inputs(_tags(cloud, name, inputs), inputs)}, outputs)


def _tags(cloud: Cloud, name: str, inputs: Values) -> TagList:
    try:
        found: TagList = cloud.s3(inputs).get_bucket_tagging(Bucket=name)["TagSet"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchTagSet":
            raise
        return []
    return found


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    if inputs.get("forceDestroy"):
        _empty(cloud, name, inputs)
    cloud.s3(inputs).delete_bucket(Bucket=name)


def _empty(cloud: Cloud, name: str, inputs: Values) -> None:
    """Deletes all objects, all their versions and all delete markers."""
    client = cloud.s3(inputs)
    pages = client.get_paginator("list_object_versions").paginate(
        Bucket=name, PaginationConfig={"PageSize": _AT_ONCE}
    )
    for page in pages:
        found = page.get("Versions", []) + page.get("DeleteMarkers", [])
        keys = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found]
        if keys:
            client.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True})


BUCKET = Resource(
    type="aws:s3/bucket:Bucket",
    inputs={
        "bucket": text(replaces=True, unique=True, autoname=True),
        "forceDestroy": flag(default=False, local=True),
        **TAGS,
        **REGION,
    },
    outputs=("arn", "bucketDomainName", "bucketRegion", "bucketRegionalDomainName", "hostedZoneId"),
    stable=("arn", "bucketDomainName", "bucketRegion", "bucketRegionalDomainName", "hostedZoneId"),
    create=_create,
    settle=_write_tags,
    read=_read,
    update=_write_tags,
    delete=_delete,
    check=_check,
)
