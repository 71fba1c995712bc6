"""``aws:apigatewayv2/integration:Integration``.

https://www.pulumi.com/registry/packages/aws/api-docs/apigatewayv2/integration/
"""

from __future__ import annotations

from engine.local.provider.fields import text, whole
from engine.local.provider.resources.api_part import api_part

API_INTEGRATION = api_part(
    "Integration",
    {
        "integrationType": text(required=True, replaces=True, choices=("AWS_PROXY", "HTTP_PROXY")),
        "integrationUri": text(),
        "integrationMethod": text(),
        "payloadFormatVersion": text(default="1.0", choices=("1.0", "2.0")),
        "timeoutMilliseconds": whole(default=30_000, span=(50, 30_000), api="TimeoutInMillis"),
    },
)
