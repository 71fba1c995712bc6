"""``aws:apigatewayv2/route:Route``.

https://www.pulumi.com/registry/packages/aws/api-docs/apigatewayv2/route/
"""

from __future__ import annotations

from engine.local.provider.fields import items, text
from engine.local.provider.resources.api_part import api_part

API_ROUTE = api_part(
    "Route",
    {
        "routeKey": text(required=True),
        "target": text(),
        "authorizationType": text(default="NONE", choices=("NONE", "JWT", "AWS_IAM", "CUSTOM")),
        "authorizerId": text(),
        "authorizationScopes": items(text()),
    },
)
