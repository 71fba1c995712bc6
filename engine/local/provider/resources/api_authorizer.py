"""``aws:apigatewayv2/authorizer:Authorizer``.

https://www.pulumi.com/registry/packages/aws/api-docs/apigatewayv2/authorizer/
"""

from __future__ import annotations

from engine.local.provider.fields import block, items, text
from engine.local.provider.resources.api_part import api_part

API_AUTHORIZER = api_part(
    "Authorizer",
    {
        "name": text(autoname=True, limit=128),
        "authorizerType": text(required=True, choices=("JWT",)),
        "identitySources": items(text(), api="IdentitySource"),
        "jwtConfiguration": block({"audiences": items(text(), api="Audience"), "issuer": text()}),
    },
)
