"""What stands in front of an environment: CloudFront with one function and one KeyValueStore."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.options import options
from programs.site import NOT_FOUND_KEY

if TYPE_CHECKING:
    from engine.plan.model import Plan

_DAY = 86_400
_YEAR = 365 * _DAY


@dataclass(frozen=True)
class Edge:
    """The resources of the edge that others need."""

    distribution: aws.cloudfront.Distribution
    store: aws.cloudfront.KeyValueStore


def edge(plan: Plan, bucket: aws.s3.Bucket) -> Edge:
    """The distribution over ``bucket``, and the one statement that lets it, and nobody else, read."""
    store = aws.cloudfront.KeyValueStore("edge-store", name=plan.edge.name, comment=plan.edge.comment)
    distribution = _distribution(plan, bucket, _function(plan, store))
    _bucket_policy(bucket, distribution)
    return Edge(distribution, store)


def _function(plan: Plan, store: aws.cloudfront.KeyValueStore) -> aws.cloudfront.Function:
    return aws.cloudfront.Function(
        "edge-function",
        name=plan.edge.name,
        comment=plan.edge.comment,
        runtime="cloudfront-js-2.0",
        code=plan.edge.function,
        key_value_store_associations=[store.arn],
        publish=True,
    )


def _cache_policy(plan: Plan) -> aws.cloudfront.CachePolicy:
    # Every path below the function carries its release or a fingerprint, so the edge may keep it long
    # whatever the browser is told; the query string never selects a file.
    none = "none"
    cookies = aws.cloudfront.CachePolicyParametersInCacheKeyAndForwardedToOriginCookiesConfigArgs
    headers = aws.cloudfront.CachePolicyParametersInCacheKeyAndForwardedToOriginHeadersConfigArgs
    queries = aws.cloudfront.CachePolicyParametersInCacheKeyAndForwardedToOriginQueryStringsConfigArgs
    return aws.cloudfront.CachePolicy(
        "edge-cache",
        name=plan.edge.name,
        comment=plan.edge.comment,
        min_ttl=_DAY,
        default_ttl=30 * _DAY,
        max_ttl=_YEAR,
        parameters_in_cache_key_and_forwarded_to_origin=(
            aws.cloudfront.CachePolicyParametersInCacheKeyAndForwardedToOriginArgs(
                cookies_config=cookies(cookie_behavior=none),
                headers_config=headers(header_behavior=none),
                query_strings_config=queries(query_string_behavior=none),
                enable_accept_encoding_brotli=True,
                enable_accept_encoding_gzip=True,
            )
        ),
    )


def _response_headers_policy(plan: Plan) -> aws.cloudfront.ResponseHeadersPolicy:
    args = aws.cloudfront
    return aws.cloudfront.ResponseHeadersPolicy(
        "edge-headers",
        name=plan.edge.name,
        comment=plan.edge.comment,
        security_headers_config=args.ResponseHeadersPolicySecurityHeadersConfigArgs(
            content_type_options=args.ResponseHeadersPolicySecurityHeadersConfigContentTypeOptionsArgs(
                override=True
            ),
            referrer_policy=args.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicyArgs(
                referrer_policy="strict-origin-when-cross-origin", override=False
            ),
            strict_transport_security=(
                args.ResponseHeadersPolicySecurityHeadersConfigStrictTransportSecurityArgs(
                    access_control_max_age_sec=_YEAR, override=False
                )
            ),
        ),
    )


def _distribution(
    plan: Plan, bucket: aws.s3.Bucket, function: aws.cloudfront.Function
) -> aws.cloudfront.Distribution:
    access = aws.cloudfront.OriginAccessControl(
        "edge-access",
        name=plan.edge.name,
        description=plan.edge.comment,
        origin_access_control_origin_type="s3",
        signing_behavior="always",
        signing_protocol="sigv4",
    )
    associations = [
        aws.cloudfront.DistributionDefaultCacheBehaviorFunctionAssociationArgs(
            event_type=event, function_arn=function.arn
        )
        for event in ("viewer-request", "viewer-response")
    ]
    return aws.cloudfront.Distribution(
        "edge-distribution",
        enabled=True,
        comment=plan.edge.comment,
        http_version="http2and3",
        is_ipv6_enabled=True,
        price_class=plan.edge.price_class,
        origins=[
            aws.cloudfront.DistributionOriginArgs(
                origin_id="site",
                domain_name=bucket.bucket_regional_domain_name,
                origin_access_control_id=access.id,
            )
        ],
        default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
            target_origin_id="site",
            allowed_methods=["GET", "HEAD", "OPTIONS"],
            cached_methods=["GET", "HEAD"],
            viewer_protocol_policy="redirect-to-https",
            compress=True,
            cache_policy_id=_cache_policy(plan).id,
            response_headers_policy_id=_response_headers_policy(plan).id,
            function_associations=associations,
        ),
        # Without s3:ListBucket, S3 answers 403 for a key that is not there.
        custom_error_responses=[
            aws.cloudfront.DistributionCustomErrorResponseArgs(
                error_code=403,
                response_code=404,
                response_page_path=f"/{NOT_FOUND_KEY}",
                error_caching_min_ttl=10,
            )
        ],
        restrictions=aws.cloudfront.DistributionRestrictionsArgs(
            geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
        ),
        viewer_certificate=aws.cloudfront.DistributionViewerCertificateArgs(
            cloudfront_default_certificate=True
        ),
        tags=plan.tags,
        opts=options(protect=plan.edge.protect),
    )


def _bucket_policy(bucket: aws.s3.Bucket, distribution: aws.cloudfront.Distribution) -> None:
    document = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "EdgeReads",
                "Effect": "Allow",
                "Principal": {"Service": "cloudfront.amazonaws.com"},
                "Action": "s3:GetObject",
                "Resource": pulumi.Output.concat(bucket.arn, "/*"),
                "Condition": {"StringEquals": {"AWS:SourceArn": distribution.arn}},
            }
        ],
    }
    aws.s3.BucketPolicy(
        "site-policy",
        bucket=bucket.bucket,
        policy=pulumi.Output.json_dumps(document),
        opts=pulumi.ResourceOptions(parent=bucket),
    )
