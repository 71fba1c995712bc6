"""``aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/responseheaderspolicy/ . The id is the one
that AWS gives. Nothing forces a replacement: UpdateResponseHeadersPolicy replaces the whole configuration,
and AWS::CloudFront::ResponseHeadersPolicy has no createOnlyProperties in CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.check import Failure
from engine.local.provider.fields import Field, block, flag, items, number, text, whole
from engine.local.provider.resources.edge_part import edge_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.values import Values

_REFERRER_POLICIES = (
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
)
_OVERRIDE = {"override": flag(required=True)}


def _names(*, required: bool = False) -> Field:
    return block({"items": items(text(), api="")}, required=required)


_CORS = {
    "accessControlAllowCredentials": flag(required=True),
    "accessControlAllowHeaders": _names(required=True),
    "accessControlAllowMethods": _names(required=True),
    "accessControlAllowOrigins": _names(required=True),
    "accessControlExposeHeaders": _names(),
    "accessControlMaxAgeSec": whole(),
    "originOverride": flag(required=True),
}
_TRANSPORT_SECURITY = {
    "accessControlMaxAgeSec": whole(required=True),
    "includeSubdomains": flag(default=False),
    "preload": flag(default=False),
    **_OVERRIDE,
}
_XSS_PROTECTION = {
    "modeBlock": flag(default=False),
    "protection": flag(required=True),
    "reportUri": text(),
    **_OVERRIDE,
}
_SECURITY = {
    "contentSecurityPolicy": block({"contentSecurityPolicy": text(required=True), **_OVERRIDE}),
    "contentTypeOptions": block(_OVERRIDE),
    "frameOptions": block({"frameOption": text(required=True, choices=("DENY", "SAMEORIGIN")), **_OVERRIDE}),
    "referrerPolicy": block({"referrerPolicy": text(required=True, choices=_REFERRER_POLICIES), **_OVERRIDE}),
    "strictTransportSecurity": block(_TRANSPORT_SECURITY),
    "xssProtection": block(_XSS_PROTECTION, api="XSSProtection"),
}
_CUSTOM_HEADER = {"header": text(required=True), "value": text(required=True), **_OVERRIDE}

_INPUTS = {
    "name": text(unique=True, autoname=True, limit=128),
    "comment": text(limit=128),
    "corsConfig": block(_CORS),
    "customHeadersConfig": block({"items": items(block(_CUSTOM_HEADER), api="")}),
    "removeHeadersConfig": block({"items": items(block({"header": text(required=True)}), api="")}),
    "securityHeadersConfig": block(_SECURITY),
    "serverTimingHeadersConfig": block(
        {"enabled": flag(required=True), "samplingRate": number(required=True)}
    ),
}


def _check(inputs: Values) -> Iterator[Failure]:
    if not any(name.endswith("Config") for name in inputs):
        yield Failure("securityHeadersConfig", "a response headers policy needs at least one configuration")


RESPONSE_HEADERS_POLICY = edge_part("ResponseHeadersPolicy", _INPUTS, check=_check)
