"""Parts of APIs and user pools that a killed deployment left, by the ids that an import takes."""

from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError

from engine.provision import find_parts
from engine.provision.find import find
from engine.target import Target

# What a paginator of AWS lists, by operation.
LISTED = {
    "get_apis": ("Items", [{"ApiId": "a0", "Name": "other"}, {"ApiId": "a1", "Name": "rest"}]),
    "get_routes": ("Items", [{"RouteId": "r1", "RouteKey": "GET /notes/{id}"}]),
    "get_authorizers": ("Items", [{"AuthorizerId": "u1", "Name": "users"}]),
    "get_stages": ("Items", [{"StageName": "$default"}]),
    "list_graphql_apis": ("graphqlApis", [{"apiId": "g1", "name": "graphql"}]),
    "list_identity_providers": ("Providers", [{"ProviderName": "Google"}]),
}


class Aws:
    def get_paginator(self, operation):
        holder, items = LISTED[operation]
        pages = [{holder: items[:1]}, {holder: items[1:]}]
        return SimpleNamespace(paginate=lambda **of: pages)

    def get_data_source(self, apiId, name):  # noqa: N803
        _missing_unless(name == "database_notes")

    def get_resolver(self, apiId, typeName, fieldName):  # noqa: N803
        _missing_unless((typeName, fieldName) == ("Query", "notes"))

    def describe_user_pool_domain(self, Domain):  # noqa: N803
        pools = {"notes-prod": {"UserPoolId": "p_1"}, "theirs": {"UserPoolId": "p_2"}}
        return {"DomainDescription": pools.get(Domain, {})}


def _missing_unless(there):
    if not there:
        error = {"Error": {"Code": "NotFoundException"}, "ResponseMetadata": {"HTTPStatusCode": 404}}
        raise ClientError(error, "Look")


@pytest.mark.parametrize(
    ("kind", "inputs", "identity"),
    [
        ("apigatewayv2/api:Api", {"name": "rest"}, "a1"),
        ("apigatewayv2/api:Api", {"name": "none"}, None),
        ("apigatewayv2/route:Route", {"apiId": "a1", "routeKey": "GET /notes/{id}"}, "a1/r1"),
        ("apigatewayv2/route:Route", {"apiId": "a1", "routeKey": "GET /"}, None),
        ("apigatewayv2/authorizer:Authorizer", {"apiId": "a1", "name": "users"}, "a1/u1"),
        ("apigatewayv2/stage:Stage", {"apiId": "a1", "name": "$default"}, "a1/$default"),
        ("appsync/graphQLApi:GraphQLApi", {"name": "graphql"}, "g1"),
        ("appsync/dataSource:DataSource", {"apiId": "g1", "name": "database_notes"}, "g1-database_notes"),
        ("appsync/dataSource:DataSource", {"apiId": "g1", "name": "none"}, None),
        ("appsync/resolver:Resolver", {"apiId": "g1", "type": "Query", "field": "notes"}, "g1-Query-notes"),
        ("appsync/resolver:Resolver", {"apiId": "g1", "type": "Query", "field": "x"}, None),
        (
            "cognito/identityProvider:IdentityProvider",
            {"userPoolId": "p_1", "providerName": "Google"},
            "p_1:Google",
        ),
        (
            "cognito/userPoolDomain:UserPoolDomain",
            {"userPoolId": "p_1", "domain": "notes-prod"},
            "notes-prod",
        ),
        ("cognito/userPoolDomain:UserPoolDomain", {"userPoolId": "p_1", "domain": "theirs"}, None),
        ("cognito/userPoolDomain:UserPoolDomain", {"userPoolId": "p_1", "domain": "free"}, None),
    ],
)
def test_a_part_is_found_by_what_aws_lets_it_have_once(monkeypatch, kind, inputs, identity):
    monkeypatch.setattr(find_parts, "client", lambda target, service: Aws())
    assert find(Target("aws"), f"aws:{kind}", inputs) == identity
