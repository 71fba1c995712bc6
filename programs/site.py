"""The private bucket that holds the releases of one environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.options import options

if TYPE_CHECKING:
    from engine.plan.model import Plan

NOT_FOUND_KEY = "errors/404.html"
_NOT_FOUND_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Not found</title>
<body><h1>Not found</h1><p>There is no such file in this release.</p></body></html>
"""


def site(plan: Plan) -> aws.s3.Bucket:
    """The bucket: nobody but the edge reads it, no ACLs, encrypted by S3 itself."""
    bucket = aws.s3.Bucket(
        "site-bucket",
        bucket=plan.site.bucket,
        force_destroy=plan.site.force_destroy,
        tags=plan.tags,
        opts=options(protect=plan.site.protect),
    )
    aws.s3.BucketOwnershipControls(
        "site-ownership",
        bucket=bucket.bucket,
        rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
        opts=pulumi.ResourceOptions(parent=bucket),
    )
    aws.s3.BucketPublicAccessBlock(
        "site-private",
        bucket=bucket.bucket,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=pulumi.ResourceOptions(parent=bucket),
    )
    aws.s3.BucketObjectv2(
        "site-not-found",
        bucket=bucket.bucket,
        key=NOT_FOUND_KEY,
        content=_NOT_FOUND_PAGE,
        content_type="text/html; charset=utf-8",
        cache_control="no-cache",
        tags=plan.tags,
        opts=options(parent=bucket),
    )
    return bucket
