"""The inputs of ``aws:cloudfront/distribution:Distribution``, and what AWS takes where one is not given.

Defaults are those of the official provider (docstrings of pulumi_aws.cloudfront.DistributionArgs and of
its nested arguments). The deprecated ``forwardedValues`` and what Windlass has no use for are left out.
"""

from __future__ import annotations

from engine.local.provider.fields import TAGS, Fields, block, flag, items, ordered, text, whole

_METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE")

_FUNCTION_ASSOCIATION = {
    "eventType": text(required=True, choices=("viewer-request", "viewer-response")),
    "functionArn": text(required=True, api="FunctionARN"),
}

_BEHAVIOR: Fields = {
    "targetOriginId": text(required=True),
    "viewerProtocolPolicy": text(required=True, choices=("allow-all", "https-only", "redirect-to-https")),
    "allowedMethods": items(text(choices=_METHODS), required=True),
    "cachedMethods": items(text(choices=_METHODS), required=True, api="AllowedMethods.CachedMethods"),
    "cachePolicyId": text(required=True),
    "originRequestPolicyId": text(),
    "responseHeadersPolicyId": text(),
    "compress": flag(default=False),
    "smoothStreaming": flag(default=False),
    "functionAssociations": items(block(_FUNCTION_ASSOCIATION)),
}

_CUSTOM_ORIGIN = {
    "httpPort": whole(required=True, api="HTTPPort"),
    "httpsPort": whole(required=True, api="HTTPSPort"),
    "originProtocolPolicy": text(required=True, choices=("http-only", "https-only", "match-viewer")),
    "originSslProtocols": items(text(choices=("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2")), required=True),
    "originKeepaliveTimeout": whole(default=5),
    "originReadTimeout": whole(default=30),
}

_ORIGIN = {
    "originId": text(required=True, api="Id"),
    "domainName": text(required=True),
    "originPath": text(default=""),
    "originAccessControlId": text(),
    "connectionAttempts": whole(default=3, span=(1, 3)),
    "connectionTimeout": whole(default=10, span=(1, 10)),
    "customHeaders": items(
        block(
            {
                "name": text(required=True, api="HeaderName"),
                "value": text(required=True, api="HeaderValue"),
            }
        )
    ),
    "customOriginConfig": block(_CUSTOM_ORIGIN),
    "s3OriginConfig": block({"originAccessIdentity": text(required=True)}),
}

_ERROR_RESPONSE = {
    "errorCode": whole(required=True),
    "errorCachingMinTtl": whole(api="ErrorCachingMinTTL"),
    "responseCode": whole(as_text=True),
    "responsePagePath": text(),
}

_RESTRICTIONS = {
    "geoRestriction": block(
        {
            "restrictionType": text(required=True, choices=("none", "whitelist", "blacklist")),
            "locations": items(text(), api=""),
        },
        required=True,
    )
}

_CERTIFICATE = {
    "cloudfrontDefaultCertificate": flag(api="CloudFrontDefaultCertificate"),
    "acmCertificateArn": text(api="ACMCertificateArn"),
    "iamCertificateId": text(api="IAMCertificateId"),
    "minimumProtocolVersion": text(default="TLSv1"),
    "sslSupportMethod": text(api="SSLSupportMethod", choices=("vip", "sni-only", "static-ip")),
}

CONFIG: Fields = {
    "enabled": flag(required=True),
    "comment": text(default="", limit=128),
    "aliases": items(text()),
    "defaultRootObject": text(default=""),
    "httpVersion": text(default="http2", choices=("http1.1", "http2", "http2and3", "http3")),
    "isIpv6Enabled": flag(default=False, api="IsIPV6Enabled"),
    "priceClass": text(
        default="PriceClass_All", choices=("PriceClass_All", "PriceClass_200", "PriceClass_100")
    ),
    "webAclId": text(api="WebACLId"),
    "origins": items(block(_ORIGIN), required=True),
    "defaultCacheBehavior": block(_BEHAVIOR, required=True),
    "orderedCacheBehaviors": ordered(
        block({"pathPattern": text(required=True), **_BEHAVIOR}), api="CacheBehaviors"
    ),
    "customErrorResponses": items(block(_ERROR_RESPONSE)),
    "restrictions": block(_RESTRICTIONS, required=True),
    "viewerCertificate": block(_CERTIFICATE, required=True),
}

INPUTS: Fields = {
    **CONFIG,
    "retainOnDelete": flag(default=False, local=True),
    "waitForDeployment": flag(default=True, local=True),
    **TAGS,
}
