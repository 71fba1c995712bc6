"""Other hosts behind the edge: an origin each, and a cache behavior for every path that may lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pulumi

    from engine.publish.proxies import Proxy

# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
_METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
_SECONDS = 60  # for an answer; the most that CloudFront gives without asking. Amplify gives 15 (issue 1711).


def proxy_origins(proxies: Sequence[Proxy]) -> list[aws.cloudfront.DistributionOriginArgs]:
    """One origin a host."""
    return [_origin(proxy) for proxy in _firsts(proxies, lambda proxy: proxy.origin)]


def proxy_behaviors(
    proxies: Sequence[Proxy], function: pulumi.Input[str]
) -> list[aws.cloudfront.DistributionOrderedCacheBehaviorArgs]:
    """One behavior a path pattern, in the order of the rules; in each, ``function`` decides where to go."""
    return [_behavior(proxy, function) for proxy in _firsts(proxies, lambda proxy: proxy.pattern)]


def _firsts(proxies: Sequence[Proxy], key: Callable[[Proxy], str]) -> Iterable[Proxy]:
    found: dict[str, Proxy] = {}
    for proxy in proxies:
        found.setdefault(key(proxy), proxy)
    return found.values()


def _origin(proxy: Proxy) -> aws.cloudfront.DistributionOriginArgs:
    secure = proxy.scheme == "https"
    return aws.cloudfront.DistributionOriginArgs(
        origin_id=proxy.origin,
        domain_name=proxy.host,
        custom_origin_config=aws.cloudfront.DistributionOriginCustomOriginConfigArgs(
            http_port=80 if secure else proxy.port,
            https_port=proxy.port if secure else 443,
            origin_protocol_policy="https-only" if secure else "http-only",
            origin_ssl_protocols=["TLSv1.2"],
            origin_read_timeout=_SECONDS,
        ),
    )


def _behavior(
    proxy: Proxy, function: pulumi.Input[str]
) -> aws.cloudfront.DistributionOrderedCacheBehaviorArgs:
    return aws.cloudfront.DistributionOrderedCacheBehaviorArgs(
        path_pattern=proxy.pattern,
        target_origin_id=proxy.origin,
        allowed_methods=_METHODS,
        cached_methods=["GET", "HEAD"],
        viewer_protocol_policy="redirect-to-https",
        compress=True,
        cache_policy_id=CACHING_DISABLED,
        origin_request_policy_id=ALL_VIEWER_EXCEPT_HOST,
        function_associations=[
            aws.cloudfront.DistributionOrderedCacheBehaviorFunctionAssociationArgs(
                event_type=event, function_arn=function
            )
            for event in ("viewer-request", "viewer-response")
        ],
    )
