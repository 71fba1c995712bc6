"""What stands in front of an environment: CloudFront with one function and one KeyValueStore."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from programs.domain import own_certificate
from programs.options import options
from programs.proxies import proxy_behaviors, proxy_origins
from programs.site import NOT_FOUND_KEY

if TYPE_CHECKING:
    from engine.plan.model import Plan
    from programs.domain import Domain

_DAY = 86_400
_YEAR = 365 * _DAY


@dataclass(frozen=True)
class Edge:
    """The resources of the edge that others need."""

    distribution: aws.cloudfront.Distribution
    store: aws.cloudfront.KeyValueStore


def edge(plan: Plan, bucket: aws.s3.Bucket, domain: Domain | None = None) -> Edge:
    """The distribution over ``bucket``, and the one statement that lets it, and nobody else, read."""
    store = aws.cloudfront.KeyValueStore("edge-store", name=plan.edge.name, comment=plan.edge.comment)
    distribution = _distribution(plan, bucket, _function(plan, store, domain), domain)
    _bucket_policy(plan, bucket, distribution)
    return Edge(distribution, store)


def _function(
    plan: Plan, store: aws.cloudfront.KeyValueStore, domain: Domain | None
) -> aws.cloudfront.Function:
    return aws.cloudfront.Function(
        "edge-function",
        name=plan.edge.name,
        comment=plan.edge.comment,
        runtime="cloudfront-js-2.0",
        code=domain.redirected(plan.edge.function) if domain else plan.edge.function,
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


def _origin_request_policy(plan: Plan) -> aws.cloudfront.OriginRequestPolicy:
    # CloudFront adds this header only where a policy names it, and then the function sees it. It is no part
    # of the cache key: by then the country is in the path.
    args = aws.cloudfront
    return aws.cloudfront.OriginRequestPolicy(
        "edge-request",
        name=plan.edge.name,
        comment=plan.edge.comment,
        cookies_config=args.OriginRequestPolicyCookiesConfigArgs(cookie_behavior="none"),
        headers_config=args.OriginRequestPolicyHeadersConfigArgs(
            header_behavior="whitelist",
            headers=args.OriginRequestPolicyHeadersConfigHeadersArgs(items=["CloudFront-Viewer-Country"]),
        ),
        query_strings_config=args.OriginRequestPolicyQueryStringsConfigArgs(query_string_behavior="none"),
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
    plan: Plan, bucket: aws.s3.Bucket, function: aws.cloudfront.Function, domain: Domain | None
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
        aliases=list(domain.aliases) if domain else None,
        http_version="http2and3",
        is_ipv6_enabled=True,
        price_class=plan.edge.price_class,
        origins=[
            aws.cloudfront.DistributionOriginArgs(
                origin_id="site",
                domain_name=bucket.bucket_regional_domain_name,
                origin_access_control_id=access.id,
            ),
            *proxy_origins(plan.edge.proxies),
        ],
        default_cache_behavior=aws.cloudfront.DistributionDefaultCacheBehaviorArgs(
            target_origin_id="site",
            allowed_methods=["GET", "HEAD", "OPTIONS"],
            cached_methods=["GET", "HEAD"],
            viewer_protocol_policy="redirect-to-https",
            compress=True,
            cache_policy_id=_cache_policy(plan).id,
            origin_request_policy_id=_origin_request_policy(plan).id,
            response_headers_policy_id=_response_headers_policy(plan).id,
            function_associations=associations,
        ),
        ordered_cache_behaviors=proxy_behaviors(plan.edge.proxies, function.arn),
        custom_error_responses=_error_responses(plan),
        restrictions=aws.cloudfront.DistributionRestrictionsArgs(
            geo_restriction=aws.cloudfront.DistributionRestrictionsGeoRestrictionArgs(restriction_type="none")
        ),
        viewer_certificate=domain.viewer_certificate if domain else own_certificate(),
        tags=plan.tags,
        opts=options(protect=plan.edge.protect),
    )


def _error_responses(plan: Plan) -> list[aws.cloudfront.DistributionCustomErrorResponseArgs]:
    # Without s3:ListBucket, S3 answers 403 for a key that is not there. An error response is for all origins:
    # with a reverse proxy it would take the 403 of an API away, so S3 is let say 404 itself.
    if plan.edge.proxies:
        return []
    return [
        aws.cloudfront.DistributionCustomErrorResponseArgs(
            error_code=403,
            response_code=404,
            response_page_path=f"/{NOT_FOUND_KEY}",
            error_caching_min_ttl=10,
        )
    ]


def _bucket_policy(plan: Plan, bucket: aws.s3.Bucket, distribution: aws.cloudfront.Distribution) -> None:
    reads = _statement("EdgeReads", "s3:GetObject", pulumi.Output.concat(bucket.arn, "/*"), distribution)
    misses = _statement("EdgeMisses", "s3:ListBucket", bucket.arn, distribution)
    document = {"Version": "2012-10-17", "Statement": [reads, *([misses] if plan.edge.proxies else [])]}
    aws.s3.BucketPolicy(
        "site-policy",
        bucket=bucket.bucket,
        policy=pulumi.Output.json_dumps(document),
        opts=pulumi.ResourceOptions(parent=bucket),
    )


def _statement(
    name: str, action: str, resource: pulumi.Input[str], distribution: aws.cloudfront.Distribution
) -> dict[str, Any]:
    return {
        "Sid": name,
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": action,
        "Resource": resource,
        "Condition": {"StringEquals": {"AWS:SourceArn": distribution.arn}},
    }
