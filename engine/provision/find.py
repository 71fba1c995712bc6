"""Find what a killed deployment created but did not record, so that Pulumi can import it.

A hard kill between the call that creates a resource and the write of the state leaves a *pending creation*:
type and inputs, but no id. Once the id is known, :func:`engine.provision.adopt.adopt` takes the resource into
the state. Nothing here is about the local target only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.provision.find_parts import PARTS, if_there
from engine.target import Target, client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Inputs = dict[str, Any]
_IDENTIFYING_TAGS = ("windlass:app", "windlass:environment")


def find(target: Target, type: str, inputs: Inputs) -> str | None:
    """The id of the resource that these inputs would have created, or None if there is none.

    ``type`` is a Pulumi type token, ``inputs`` are in camelCase as in the state. Resources with a fixed name
    are found by it, a distribution by the tags that name app and environment. None, too, for a type that
    is not known here. Raises botocore's ClientError where AWS refuses the look.
    """
    finder = _FINDERS.get(type)
    return finder(target, inputs) if finder else None


def _bucket(target: Target, inputs: Inputs) -> str | None:
    return if_there(client(target, "s3").head_bucket, inputs["bucket"], Bucket=inputs["bucket"])


def _of_bucket(operation: str) -> Callable[[Target, Inputs], str | None]:
    """A finder of what a bucket has one of; its id is the bucket's name."""

    def finder(target: Target, inputs: Inputs) -> str | None:
        return if_there(getattr(client(target, "s3"), operation), inputs["bucket"], Bucket=inputs["bucket"])

    return finder


def _object(target: Target, inputs: Inputs) -> str | None:
    bucket, key = inputs["bucket"], inputs["key"]
    return if_there(client(target, "s3").head_object, f"{bucket}/{key}", Bucket=bucket, Key=key)


def _store(target: Target, inputs: Inputs) -> str | None:
    describe = client(target, "cloudfront").describe_key_value_store
    return if_there(describe, inputs["name"], Name=inputs["name"])


def _function(target: Target, inputs: Inputs) -> str | None:
    describe = client(target, "cloudfront").describe_function
    return if_there(describe, inputs["name"], Name=inputs["name"], Stage="DEVELOPMENT")


def _cache_policy(target: Target, inputs: Inputs) -> str | None:
    listed = _pages(client(target, "cloudfront").list_cache_policies, "CachePolicyList", Type="custom")
    found = (item["CachePolicy"] for item in listed)
    return next((one["Id"] for one in found if one["CachePolicyConfig"]["Name"] == inputs["name"]), None)


def _request_policy(target: Target, inputs: Inputs) -> str | None:
    call = client(target, "cloudfront").list_origin_request_policies
    found = (item["OriginRequestPolicy"] for item in _pages(call, "OriginRequestPolicyList", Type="custom"))
    named = (one["Id"] for one in found if one["OriginRequestPolicyConfig"]["Name"] == inputs["name"])
    return next(named, None)


def _headers_policy(target: Target, inputs: Inputs) -> str | None:
    call = client(target, "cloudfront").list_response_headers_policies
    found = (
        item["ResponseHeadersPolicy"] for item in _pages(call, "ResponseHeadersPolicyList", Type="custom")
    )
    named = (one["Id"] for one in found if one["ResponseHeadersPolicyConfig"]["Name"] == inputs["name"])
    return next(named, None)


def _access_control(target: Target, inputs: Inputs) -> str | None:
    call = client(target, "cloudfront").list_origin_access_controls
    found = _pages(call, "OriginAccessControlList")
    return next((one["Id"] for one in found if one["Name"] == inputs["name"]), None)


def _distribution(target: Target, inputs: Inputs) -> str | None:
    tags = inputs.get("tags") or {}
    wanted = {name: tags[name] for name in _IDENTIFYING_TAGS if name in tags}
    if len(wanted) != len(_IDENTIFYING_TAGS):
        return None
    cloudfront = client(target, "cloudfront")
    for one in _pages(cloudfront.list_distributions, "DistributionList"):
        # The tagging API would need one call only, but tells of a new distribution too late.
        listed = cloudfront.list_tags_for_resource(Resource=one["ARN"])["Tags"].get("Items", [])
        if wanted.items() <= {tag["Key"]: tag["Value"] for tag in listed}.items():
            return str(one["Id"])
    return None


def _queue(target: Target, inputs: Inputs) -> str | None:
    from botocore.exceptions import ClientError

    try:
        return str(client(target, "sqs").get_queue_url(QueueName=inputs["name"])["QueueUrl"])
    except ClientError as error:
        if error.response["Error"]["Code"].endswith("NonExistentQueue"):
            return None
        raise


def _role(target: Target, inputs: Inputs) -> str | None:
    return if_there(client(target, "iam").get_role, inputs["name"], RoleName=inputs["name"])


def _lambda_function(target: Target, inputs: Inputs) -> str | None:
    return if_there(client(target, "lambda").get_function, inputs["name"], FunctionName=inputs["name"])


def _log_group(target: Target, inputs: Inputs) -> str | None:
    name = inputs["name"]
    listed = client(target, "logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return name if any(group["logGroupName"] == name for group in listed) else None


def _event_source_mapping(target: Target, inputs: Inputs) -> str | None:
    listed = client(target, "lambda").list_event_source_mappings(
        EventSourceArn=inputs["eventSourceArn"], FunctionName=inputs["functionName"]
    )
    return next((str(one["UUID"]) for one in listed["EventSourceMappings"]), None)


def _table(target: Target, inputs: Inputs) -> str | None:
    from botocore.exceptions import ClientError

    try:
        client(target, "dynamodb").describe_table(TableName=inputs["name"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise
    return str(inputs["name"])


def _user_pool(target: Target, inputs: Inputs) -> str | None:
    """The pool of this name, which need not be the only one."""
    pages = client(target, "cognito-idp").get_paginator("list_user_pools").paginate(MaxResults=60)
    pools = (pool for page in pages for pool in page["UserPools"])
    return next((str(pool["Id"]) for pool in pools if pool["Name"] == inputs["name"]), None)


def _identity_pool(target: Target, inputs: Inputs) -> str | None:
    pages = client(target, "cognito-identity").get_paginator("list_identity_pools").paginate(MaxResults=60)
    pools = (pool for page in pages for pool in page["IdentityPools"])
    found = (
        pool["IdentityPoolId"] for pool in pools if pool["IdentityPoolName"] == inputs["identityPoolName"]
    )
    return next(found, None)


def _user_group(target: Target, inputs: Inputs) -> str | None:
    from botocore.exceptions import ClientError

    pool, name = inputs.get("userPoolId"), inputs["name"]
    if not _is_pool(pool):
        return None
    try:
        client(target, "cognito-idp").get_group(UserPoolId=pool, GroupName=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise
    return f"{pool}/{name}"


def _is_pool(identity: object) -> bool:
    # Pulumi has a UUID for what it does not know yet.
    return isinstance(identity, str) and "_" in identity


def _cluster(target: Target, inputs: Inputs) -> str | None:
    describe, name = client(target, "rds").describe_db_clusters, inputs["clusterIdentifier"]
    return if_there(describe, name, DBClusterIdentifier=name)


def _subnet_group(target: Target, inputs: Inputs) -> str | None:
    describe, name = client(target, "rds").describe_db_subnet_groups, inputs["name"]
    return if_there(describe, name, DBSubnetGroupName=name)


def _security_group(target: Target, inputs: Inputs) -> str | None:
    asked = {"group-name": inputs["name"], "vpc-id": inputs["vpcId"]}
    filters = [{"Name": name, "Values": [value]} for name, value in asked.items()]
    found = client(target, "ec2").describe_security_groups(Filters=filters)["SecurityGroups"]
    return str(found[0]["GroupId"]) if found else None


def _certificate(target: Target, inputs: Inputs) -> str | None:
    """The certificate for exactly these names with the tags that name app and environment."""
    acm = client(replace(target, region=inputs.get("region") or target.region), "acm")
    wanted = {name: value for name, value in (inputs.get("tags") or {}).items() if name in _IDENTIFYING_TAGS}
    for page in acm.get_paginator("list_certificates").paginate():
        for one in page["CertificateSummaryList"]:
            if one["DomainName"] == inputs["domainName"] and _fits(
                acm, one["CertificateArn"], inputs, wanted
            ):
                return str(one["CertificateArn"])
    return None


def _fits(acm: Any, arn: str, inputs: Inputs, tags: Mapping[str, str]) -> bool:
    names = {inputs["domainName"], *(inputs.get("subjectAlternativeNames") or ())}
    there = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    if set(there["SubjectAlternativeNames"]) != names or there.get("InUseBy"):
        return False
    listed = acm.list_tags_for_certificate(CertificateArn=arn).get("Tags", [])
    return bool(tags.items() <= {tag["Key"]: tag["Value"] for tag in listed}.items())


def _record(target: Target, inputs: Inputs) -> str | None:
    zone, name, kind = inputs["zoneId"], inputs["name"], inputs["type"]
    answer = client(target, "route53").list_resource_record_sets(
        HostedZoneId=zone, StartRecordName=name, StartRecordType=kind, MaxItems="1"
    )
    there = [(one["Name"].rstrip("."), one["Type"]) for one in answer["ResourceRecordSets"]]
    return f"{zone}_{name}_{kind}" if (name.rstrip("."), kind) in there else None


def _pages(call: Callable[..., Any], holder: str, **parameters: str) -> Iterator[dict[str, Any]]:
    """The items of all pages of a CloudFront list; botocore has no paginator for half of them."""
    marker: dict[str, str] = {}
    while True:
        page = call(**parameters, **marker)[holder]
        yield from page.get("Items", [])
        if not page.get("NextMarker"):
            return
        marker = {"Marker": page["NextMarker"]}


_FINDERS: Mapping[str, Callable[[Target, Inputs], str | None]] = {
    **PARTS,
    "aws:acm/certificate:Certificate": _certificate,
    "aws:route53/record:Record": _record,
    "aws:s3/bucket:Bucket": _bucket,
    "aws:s3/bucketObjectv2:BucketObjectv2": _object,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _of_bucket("get_bucket_ownership_controls"),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _of_bucket("get_public_access_block"),
    "aws:s3/bucketPolicy:BucketPolicy": _of_bucket("get_bucket_policy"),
    "aws:cloudfront/keyValueStore:KeyValueStore": _store,
    "aws:cloudfront/function:Function": _function,
    "aws:cloudfront/cachePolicy:CachePolicy": _cache_policy,
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": _request_policy,
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": _headers_policy,
    "aws:cloudfront/originAccessControl:OriginAccessControl": _access_control,
    "aws:cloudfront/distribution:Distribution": _distribution,
    "aws:cloudwatch/logGroup:LogGroup": _log_group,
    "aws:cognito/identityPool:IdentityPool": _identity_pool,
    "aws:cognito/userGroup:UserGroup": _user_group,
    "aws:cognito/userPool:UserPool": _user_pool,
    "aws:dynamodb/table:Table": _table,
    "aws:iam/role:Role": _role,
    "aws:lambda/eventSourceMapping:EventSourceMapping": _event_source_mapping,
    "aws:lambda/function:Function": _lambda_function,
    "aws:ec2/securityGroup:SecurityGroup": _security_group,
    "aws:rds/cluster:Cluster": _cluster,
    "aws:rds/subnetGroup:SubnetGroup": _subnet_group,
    "aws:sqs/queue:Queue": _queue,
}
