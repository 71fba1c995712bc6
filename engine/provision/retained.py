"""Find what an environment of the same name left behind, as its policy's `retain` said, and whose it is.

Physical names are fixed, so a new deployment would collide with it, or, where AWS does not mind two of a name
(user pools), would begin with an empty one beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import GuardError
from engine.provision.find import find
from engine.target import Target, client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_IDENTIFYING_TAGS = ("windlass:app", "windlass:environment")


@dataclass(frozen=True, slots=True)
class Planned:
    """A resource that a deployment would create; ``parent`` is a URN, ``provider`` one and an id."""

    urn: str
    type: str
    name: str
    parent: str
    provider: str
    inputs: Mapping[str, Any]

    @property
    def stack(self) -> str:
        """The URN of its stack."""
        place = "::".join(self.urn.split("::")[:2])
        stack, app = place.removeprefix("urn:pulumi:").split("::")
        return f"{place}::pulumi:pulumi:Stack::{app}-{stack}"


@dataclass(frozen=True, slots=True)
class Retained:
    """A resource that would be created, and is there already with this ``id``."""

    planned: Planned
    id: str


def retained(target: Target, planned: Iterable[Planned], tags: Mapping[str, str]) -> list[Retained]:
    """Those of the resources that hold data and are there, left by the environment that ``tags`` name.

    Raises GuardError with the list where tags say that one is another environment's, or do not say whose.
    """
    wanted = {name: tags[name] for name in _IDENTIFYING_TAGS}
    found, foreign = [], []
    for one in planned:
        read = _TAGS.get(one.type)
        if read is None or (identity := find(target, one.type, dict(one.inputs))) is None:
            continue
        there = read(target, identity)
        if there is None or wanted.items() <= there.items():
            found.append(Retained(one, identity))
        else:
            foreign.append(f"{one.name} ({identity}): {_owner(there)}")
    if foreign:
        raise GuardError(
            "what holds data is there under the names of this environment, and is not known to be its own",
            hint="Look at the tags windlass:app and windlass:environment; delete what is not wanted.",
            details=tuple(foreign),
        )
    return found


def _owner(tags: Mapping[str, str]) -> str:
    names = [tags.get(name, "") for name in _IDENTIFYING_TAGS]
    return f"it is of {' '.join(names)}" if all(names) else "its tags do not say whose it is"


def _table(target: Target, name: str) -> dict[str, str]:
    dynamodb = client(target, "dynamodb")
    arn = dynamodb.describe_table(TableName=name)["Table"]["TableArn"]
    pages = dynamodb.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn)
    return _pairs(tag for page in pages for tag in page["Tags"])


def _bucket(target: Target, name: str) -> dict[str, str]:
    from botocore.exceptions import ClientError

    try:
        return _pairs(client(target, "s3").get_bucket_tagging(Bucket=name)["TagSet"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchTagSet":
            return {}
        raise


def _queue(target: Target, url: str) -> dict[str, str]:
    return dict(client(target, "sqs").list_queue_tags(QueueUrl=url).get("Tags", {}))


def _user_pool(target: Target, identity: str) -> dict[str, str]:
    there = client(target, "cognito-idp").describe_user_pool(UserPoolId=identity)["UserPool"]
    return dict(there.get("UserPoolTags") or {})


def _identity_pool(target: Target, identity: str) -> dict[str, str]:
    there = client(target, "cognito-identity").describe_identity_pool(IdentityPoolId=identity)
    return dict(there.get("IdentityPoolTags") or {})


def _cluster(target: Target, name: str) -> dict[str, str]:
    (there,) = client(target, "rds").describe_db_clusters(DBClusterIdentifier=name)["DBClusters"]
    return _pairs(there.get("TagList") or ())


def _subnet_group(target: Target, name: str) -> dict[str, str]:
    rds = client(target, "rds")
    (there,) = rds.describe_db_subnet_groups(DBSubnetGroupName=name)["DBSubnetGroups"]
    return _pairs(rds.list_tags_for_resource(ResourceName=there["DBSubnetGroupArn"])["TagList"])


def _security_group(target: Target, identity: str) -> dict[str, str]:
    (there,) = client(target, "ec2").describe_security_groups(GroupIds=[identity])["SecurityGroups"]
    return _pairs(there.get("Tags") or ())


def _of_its_pool(target: Target, identity: str) -> None:
    """A group takes no tags: it is in a pool that is the environment's own."""


def _pairs(tags: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags}


_TAGS: Mapping[str, Callable[[Target, str], dict[str, str] | None]] = {
    "aws:cognito/identityPool:IdentityPool": _identity_pool,
    "aws:cognito/userGroup:UserGroup": _of_its_pool,
    "aws:cognito/userPool:UserPool": _user_pool,
    "aws:dynamodb/table:Table": _table,
    "aws:ec2/securityGroup:SecurityGroup": _security_group,
    "aws:rds/cluster:Cluster": _cluster,
    "aws:rds/subnetGroup:SubnetGroup": _subnet_group,
    "aws:s3/bucket:Bucket": _bucket,
    "aws:sqs/queue:Queue": _queue,
}
