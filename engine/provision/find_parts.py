"""Find the APIs, and the parts of APIs and of user pools that AWS refuses a second time under their names.

The ids are those that an import takes, which the official provider asks for where it has no state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.target import Target, client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Inputs = dict[str, Any]
    Finder = Callable[[Target, Inputs], str | None]


def _http_api(target: Target, inputs: Inputs) -> str | None:
    listed = _listed(target, "apigatewayv2", "get_apis", "Items")
    return next((str(api["ApiId"]) for api in listed if api["Name"] == inputs["name"]), None)


def _of_http_api(operation: str, there: str, wanted: str, identity: str) -> Finder:
    """A finder of the part whose ``there`` at AWS is the input ``wanted``."""

    def finder(target: Target, inputs: Inputs) -> str | None:
        api = inputs["apiId"]
        listed = _listed(target, "apigatewayv2", operation, "Items", ApiId=api)
        return next((f"{api}/{part[identity]}" for part in listed if part[there] == inputs[wanted]), None)

    return finder


def _graphql_api(target: Target, inputs: Inputs) -> str | None:
    listed = _listed(target, "appsync", "list_graphql_apis", "graphqlApis")
    return next((str(api["apiId"]) for api in listed if api["name"] == inputs["name"]), None)


def _data_source(target: Target, inputs: Inputs) -> str | None:
    api, name = inputs["apiId"], inputs["name"]
    return if_there(client(target, "appsync").get_data_source, f"{api}-{name}", apiId=api, name=name)


def _resolver(target: Target, inputs: Inputs) -> str | None:
    api, kind, field = inputs["apiId"], inputs["type"], inputs["field"]
    get, identity = client(target, "appsync").get_resolver, f"{api}-{kind}-{field}"
    return if_there(get, identity, apiId=api, typeName=kind, fieldName=field)


def _identity_provider(target: Target, inputs: Inputs) -> str | None:
    pool, name = inputs["userPoolId"], inputs["providerName"]
    listed = _listed(target, "cognito-idp", "list_identity_providers", "Providers", UserPoolId=pool)
    return f"{pool}:{name}" if any(one["ProviderName"] == name for one in listed) else None


def _domain(target: Target, inputs: Inputs) -> str | None:
    """The domain, where it is this pool's: it may be anybody's."""
    domain = str(inputs["domain"])
    there = client(target, "cognito-idp").describe_user_pool_domain(Domain=domain)["DomainDescription"]
    return domain if there.get("UserPoolId") == inputs["userPoolId"] else None


def if_there(call: Callable[..., Any], identity: str, **parameters: str) -> str | None:
    """``identity``, or None where AWS answers the ``call`` that there is no such thing."""
    from botocore.exceptions import ClientError

    try:
        call(**parameters)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return None
        raise
    return identity


def _listed(target: Target, service: str, operation: str, holder: str, **of: str) -> Iterator[dict[str, Any]]:
    for page in client(target, service).get_paginator(operation).paginate(**of):
        yield from page[holder]


PARTS: Mapping[str, Finder] = {
    "aws:apigatewayv2/api:Api": _http_api,
    "aws:apigatewayv2/authorizer:Authorizer": _of_http_api("get_authorizers", "Name", "name", "AuthorizerId"),
    "aws:apigatewayv2/route:Route": _of_http_api("get_routes", "RouteKey", "routeKey", "RouteId"),
    "aws:apigatewayv2/stage:Stage": _of_http_api("get_stages", "StageName", "name", "StageName"),
    "aws:appsync/dataSource:DataSource": _data_source,
    "aws:appsync/graphQLApi:GraphQLApi": _graphql_api,
    "aws:appsync/resolver:Resolver": _resolver,
    "aws:cognito/identityProvider:IdentityProvider": _identity_provider,
    "aws:cognito/userPoolDomain:UserPoolDomain": _domain,
}
