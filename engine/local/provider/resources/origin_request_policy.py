"""``aws:cloudfront/originRequestPolicy:OriginRequestPolicy``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/originrequestpolicy/ . The id is the one that
AWS gives. Nothing forces a replacement, the name neither: UpdateOriginRequestPolicy replaces the whole
configuration, and AWS::CloudFront::OriginRequestPolicy has no createOnlyProperties in CloudFormation.
"""

from __future__ import annotations

from engine.local.provider.fields import block, items, text
from engine.local.provider.resources.edge_part import edge_part

_NAMES = block({"items": items(text(), api="")})
_HEADERS = ("none", "whitelist", "allViewer", "allViewerAndWhitelistCloudFront", "allExcept")
_OTHERS = ("none", "whitelist", "all", "allExcept")

_INPUTS = {
    "name": text(unique=True, required=True, limit=128),
    "comment": text(limit=128),
    "cookiesConfig": block(
        {"cookieBehavior": text(required=True, choices=_OTHERS), "cookies": _NAMES}, required=True
    ),
    "headersConfig": block({"headerBehavior": text(choices=_HEADERS), "headers": _NAMES}, required=True),
    "queryStringsConfig": block(
        {"queryStringBehavior": text(required=True, choices=_OTHERS), "queryStrings": _NAMES}, required=True
    ),
}

ORIGIN_REQUEST_POLICY = edge_part("OriginRequestPolicy", _INPUTS)
