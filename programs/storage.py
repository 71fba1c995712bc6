"""Private buckets, and the policies that let users reach what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from engine.spec.backend.storage import IDENTITY
from programs.iam import allow_statements
from programs.linked import Grant, Linked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from engine.spec.backend.storage import Bucket, Rules
    from programs.linked import Links
    from programs.scope import Scope

# https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
_OWN_ID = "${cognito-identity.amazonaws.com:sub}"
_GET = ("s3:GetObject",)
_PUT = ("s3:PutObject", "s3:AbortMultipartUpload")
_DELETE = ("s3:DeleteObject",)
_OBJECTS = {"read": _GET, "get": _GET, "write": _PUT, "delete": _DELETE, "list": ()}
_LISTING = frozenset(("read", "list"))
# What a browser may read of an answer: the Amplify client needs them for uploads in parts.
_EXPOSED = ("ETag", "x-amz-request-id", "x-amz-version-id", "x-amz-id-2", "x-amz-server-side-encryption")


def storage(scope: Scope, linked: Links) -> dict[str, Linked]:
    """The buckets of the spec by their names."""
    made = {}
    for name, wanted in scope.backend.spec.storage.items():
        bucket = _bucket(scope, name, wanted)
        _let_users(linked, name, wanted, bucket)
        made[name] = _linked(bucket)
    return made


def _bucket(scope: Scope, name: str, wanted: Bucket) -> aws.s3.Bucket:
    logical = f"storage-{name}"
    bucket = aws.s3.Bucket(
        logical,
        bucket=scope.name("storage", name),
        force_destroy=not scope.backend.protect,
        tags=scope.plan.tags,
        opts=scope.stateful(),
    )
    below = pulumi.ResourceOptions(parent=bucket, retain_on_delete=scope.backend.retain)
    aws.s3.BucketPublicAccessBlock(
        f"{logical}-private",
        bucket=bucket.bucket,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=below,
    )
    aws.s3.BucketOwnershipControls(
        f"{logical}-ownership",
        bucket=bucket.bucket,
        rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
        opts=below,
    )
    _cors(scope, logical, bucket, below)
    if wanted.versioning:
        aws.s3.BucketVersioning(
            f"{logical}-versions",
            bucket=bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=below,
        )
    _lifecycle(logical, wanted, bucket, below)
    return bucket


def _cors(scope: Scope, logical: str, bucket: aws.s3.Bucket, below: pulumi.ResourceOptions) -> None:
    rule = aws.s3.BucketCorsConfigurationCorsRuleArgs(
        allowed_origins=list(scope.origins),
        allowed_methods=["GET", "HEAD", "PUT", "POST", "DELETE"],
        allowed_headers=["*"],
        expose_headers=list(_EXPOSED),
        max_age_seconds=3000,
    )
    aws.s3.BucketCorsConfiguration(f"{logical}-cors", bucket=bucket.bucket, cors_rules=[rule], opts=below)


def _lifecycle(logical: str, wanted: Bucket, bucket: aws.s3.Bucket, below: pulumi.ResourceOptions) -> None:
    rules = [
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="unfinished-uploads",
            status="Enabled",
            filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
            abort_incomplete_multipart_upload=(
                aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                    days_after_initiation=7
                )
            ),
        )
    ]
    for path, days in wanted.expire.items():
        prefix = path.removesuffix("*")
        expiration = aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days)
        rules.append(
            aws.s3.BucketLifecycleConfigurationRuleArgs(
                id=f"expire-{prefix or 'all'}",
                status="Enabled",
                filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix),
                expiration=expiration,
            )
        )
    aws.s3.BucketLifecycleConfiguration(f"{logical}-lifecycle", bucket=bucket.bucket, rules=rules, opts=below)


def _let_users(linked: Links, name: str, wanted: Bucket, bucket: aws.s3.Bucket) -> None:
    roles = linked["auth"].roles if "auth" in linked else {}
    for who, role in roles.items():
        statements = list(_statements(wanted.access, who, bucket))
        if statements:
            logical = f"storage-{name}-{who.replace('.', '-')}-policy"
            allow_statements(logical, role, statements, name=f"storage-{name}")


def _statements(rules: Rules, who: str, bucket: aws.s3.Bucket) -> Iterator[dict[str, object]]:
    """What a role may do: whoever is in a group may do what everybody may who is signed in."""
    subjects = ("guest",) if who == "guest" else dict.fromkeys(("authenticated", "owner", who))
    for path, by_subject in rules.items():
        for subject in subjects:
            place = path.replace(IDENTITY, _OWN_ID if subject == "owner" else "*")
            yield from _allowed(by_subject.get(subject, ()), place, bucket)


def _allowed(actions: Collection[str], place: str, bucket: aws.s3.Bucket) -> Iterator[dict[str, object]]:
    if objects := sorted({name for action in actions for name in _OBJECTS[action]}):
        yield _statement(objects, pulumi.Output.concat(bucket.arn, "/", place))
    if set(actions) & _LISTING:
        condition = {"StringLike": {"s3:prefix": [place, place.removesuffix("*")]}}
        yield {**_statement(["s3:ListBucket"], bucket.arn), "Condition": condition}


def _statement(actions: list[str], resource: pulumi.Input[str]) -> dict[str, object]:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def _linked(bucket: aws.s3.Bucket) -> Linked:
    objects = (pulumi.Output.concat(bucket.arn, "/*"),)
    return Linked(
        arn=bucket.arn,
        outputs={"bucket": bucket.bucket},
        grants={
            "read": (Grant(_GET, objects), Grant(("s3:ListBucket",), (bucket.arn,))),
            "write": (Grant((*_PUT, *_DELETE), objects),),
        },
    )
