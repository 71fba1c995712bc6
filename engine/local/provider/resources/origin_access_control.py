"""``aws:cloudfront/originAccessControl:OriginAccessControl``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/originaccesscontrol/ . The id is the one
that AWS gives. Nothing forces a replacement: UpdateOriginAccessControl replaces the whole configuration,
and AWS::CloudFront::OriginAccessControl has no createOnlyProperties in CloudFormation.
"""

from __future__ import annotations

from engine.local.provider.fields import text
from engine.local.provider.resources.edge_part import edge_part

_INPUTS = {
    "name": text(unique=True, autoname=True, limit=64),
    "description": text(default="Managed by Pulumi", limit=256),
    "originAccessControlOriginType": text(
        required=True, choices=("lambda", "mediapackagev2", "mediastore", "s3")
    ),
    "signingBehavior": text(required=True, choices=("always", "never", "no-override")),
    "signingProtocol": text(required=True, choices=("sigv4",)),
}

# An empty description is not the default one.
ORIGIN_ACCESS_CONTROL = edge_part("OriginAccessControl", _INPUTS, silent={"description": ""})
