"""The HTTP API in front of functions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.iam import allow
from programs.linked import Grant, Linked
from programs.options import options
from programs.triggers import permit

if TYPE_CHECKING:
    from engine.spec.backend.rest_api import RestApi, Route
    from programs.linked import Links
    from programs.scope import Scope

_TYPES = {"auth": "JWT", "iam": "AWS_IAM", "none": "NONE"}
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# What an Amplify client sends, signed or with a token.
_HEADERS = (
    "authorization",
    "content-type",
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-user-agent",
    "x-api-key",
)
_LOGGED = ("requestId", "ip", "requestTime", "routeKey", "path", "status", "protocol", "responseLength")
_LOGGED_TOO = {"latency": "integrationLatency", "error": "integrationErrorMessage"}


def rest_api(scope: Scope, linked: Links, wanted: RestApi) -> Linked:
    """The API with its routes, on the stage that has no name."""
    api = aws.apigatewayv2.Api(
        "api-rest",
        name=scope.name("api", "rest"),
        protocol_type="HTTP",
        cors_configuration=aws.apigatewayv2.ApiCorsConfigurationArgs(
            allow_origins=list(scope.origins),
            allow_methods=["*"],
            allow_headers=list(_HEADERS),
            max_age=3600,
        ),
        tags=scope.plan.tags,
        opts=options(),
    )
    _routes(scope, linked, wanted, api)
    _stage(scope, wanted, api)
    _let_signed_in_users_call(linked, wanted, api)
    return Linked(arn=api.arn, outputs={"url": api.api_endpoint})


def _routes(scope: Scope, linked: Links, wanted: RestApi, api: aws.apigatewayv2.Api) -> None:
    names = dict.fromkeys(route.function for route in wanted.routes.values())
    integrations = {name: _integration(linked, name, api) for name in names}
    authorizer = _authorizer(scope, linked, api) if _asks_for_tokens(wanted) else None
    for key, route in wanted.routes.items():
        for each in _keys(key, route, wanted):
            _route(each, route, wanted, api, integrations[route.function], authorizer)


def _keys(key: str, route: Route, wanted: RestApi) -> list[str]:
    """What the API calls a route. One for any method that is not for everybody would refuse preflights, so
    it is one of each method but OPTIONS, which API Gateway then answers itself.
    """
    # https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
    method, _, path = key.partition(" ")
    if method != "ANY" or wanted.authorizer_of(route) == "none":
        return [key]
    return [each for method in _METHODS if (each := f"{method} {path}") not in wanted.routes]


def _integration(linked: Links, name: str, api: aws.apigatewayv2.Api) -> aws.apigatewayv2.Integration:
    function = linked[f"functions.{name}"]
    permit(
        f"api-rest-{name}-call",
        function.outputs["name"],
        "apigateway.amazonaws.com",
        pulumi.Output.concat(api.execution_arn, "/*/*"),
        parent=api,
    )
    return aws.apigatewayv2.Integration(
        f"api-rest-{name}",
        api_id=api.id,
        integration_type="AWS_PROXY",
        integration_method="POST",
        integration_uri=function.arn,
        payload_format_version="2.0",
        opts=pulumi.ResourceOptions(parent=api),
    )


def _asks_for_tokens(wanted: RestApi) -> bool:
    return any(wanted.authorizer_of(route) == "auth" for route in wanted.routes.values())


def _authorizer(scope: Scope, linked: Links, api: aws.apigatewayv2.Api) -> aws.apigatewayv2.Authorizer:
    auth = linked["auth"].outputs
    issuer = f"https://cognito-idp.{scope.plan.region}.amazonaws.com/"
    return aws.apigatewayv2.Authorizer(
        "api-rest-users",
        name="users",
        api_id=api.id,
        authorizer_type="JWT",
        identity_sources=["$request.header.Authorization"],
        jwt_configuration=aws.apigatewayv2.AuthorizerJwtConfigurationArgs(
            issuer=pulumi.Output.concat(issuer, auth["user_pool_id"]),
            audiences=[auth["user_pool_client_id"]],
        ),
        opts=pulumi.ResourceOptions(parent=api),
    )


def _route(
    key: str,
    route: Route,
    wanted: RestApi,
    api: aws.apigatewayv2.Api,
    integration: aws.apigatewayv2.Integration,
    authorizer: aws.apigatewayv2.Authorizer | None,
) -> None:
    kind = wanted.authorizer_of(route)
    aws.apigatewayv2.Route(
        f"api-rest-{key}",
        api_id=api.id,
        route_key=key,
        target=pulumi.Output.concat("integrations/", integration.id),
        authorization_type=_TYPES[kind],
        authorizer_id=authorizer.id if authorizer and kind == "auth" else None,
        authorization_scopes=list(route.scopes) or None,
        opts=pulumi.ResourceOptions(parent=api),
    )


def _stage(scope: Scope, wanted: RestApi, api: aws.apigatewayv2.Api) -> None:
    logs = _access_logs(scope) if wanted.access_logs else None
    aws.apigatewayv2.Stage(
        "api-rest-stage",
        api_id=api.id,
        name="$default",
        auto_deploy=True,
        access_log_settings=logs,
        default_route_settings=aws.apigatewayv2.StageDefaultRouteSettingsArgs(
            throttling_rate_limit=wanted.throttle.rate, throttling_burst_limit=wanted.throttle.burst
        ),
        tags=scope.plan.tags,
        opts=options(parent=api),
    )


def _access_logs(scope: Scope) -> aws.apigatewayv2.StageAccessLogSettingsArgs:
    group = aws.cloudwatch.LogGroup(
        "api-rest-logs",
        # Below this prefix no group takes room in the account's one policy for logs, which is soon full:
        # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html
        name=f"/aws/vendedlogs/apigateway/{scope.name('api', 'rest')}",
        retention_in_days=scope.backend.log_days,
        tags=scope.plan.tags,
        opts=options(),
    )
    fields = {name: f"$context.{name}" for name in _LOGGED}
    fields |= {name: f"$context.{path}" for name, path in _LOGGED_TOO.items()}
    return aws.apigatewayv2.StageAccessLogSettingsArgs(destination_arn=group.arn, format=json.dumps(fields))


def _let_signed_in_users_call(linked: Links, wanted: RestApi, api: aws.apigatewayv2.Api) -> None:
    """Of the routes that want signed requests: the users of the identity pool may call them."""
    signed = [key for key, route in wanted.routes.items() if wanted.authorizer_of(route) == "iam"]
    roles = linked["auth"].roles if signed and "auth" in linked else {}
    called = tuple(pulumi.Output.concat(api.execution_arn, _called(key)) for key in signed)
    for who, role in roles.items():
        if who != "guest":
            logical = f"api-rest-{who.replace('.', '-')}-policy"
            allow(logical, role, [Grant(("execute-api:Invoke",), called)], name="rest-api")


def _called(key: str) -> str:
    """``/*/GET/notes/*`` of ``GET /notes/{id}``: stage, method and path as IAM names them."""
    if key == "$default":
        return "/*/*"
    method, _, path = key.partition(" ")
    parts = ("*" if part.startswith("{") else part for part in path.split("/"))
    return f"/*/{method.replace('ANY', '*')}{'/'.join(parts)}"
