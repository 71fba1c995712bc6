"""The GraphQL API: schema, data sources, resolvers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from programs.iam import allow, service_role
from programs.linked import Grant, Linked
from programs.options import options

if TYPE_CHECKING:
    from engine.spec.backend.graphql_api import GraphqlApi, Resolver
    from programs.linked import Links
    from programs.scope import Scope

_TYPES = {"auth": "AMAZON_COGNITO_USER_POOLS", "api_key": "API_KEY", "iam": "AWS_IAM"}
_LOGGED = {"errors": "ERROR", "all": "ALL"}
_ASKED = {"database": ("read", "write"), "functions": ("invoke",)}


def graphql_api(scope: Scope, linked: Links, wanted: GraphqlApi) -> Linked:
    """The API; its key, where it has one, is no secret: pages show it."""
    api = _api(scope, linked, wanted)
    sources = {name: _data_source(scope, linked, api, name) for name in _source_names(wanted)}
    for field, resolver in wanted.resolvers.items():
        _resolver(scope, api, field, resolver, sources[resolver.source])
    _let_users_call(linked, wanted, api)
    if wanted.log != "none":
        _log_group(scope, api)
    outputs = {"url": api.uris["GRAPHQL"], "id": api.id}
    if "api_key" in wanted.authorizers:
        key = aws.appsync.ApiKey(
            "api-graphql-key",
            api_id=api.id,
            expires=scope.backend.key_expires,
            opts=pulumi.ResourceOptions(parent=api),
        )
        outputs["api_key"] = key.key
    return Linked(arn=api.arn, outputs=outputs)


def _api(scope: Scope, linked: Links, wanted: GraphqlApi) -> aws.appsync.GraphQLApi:
    first, *others = wanted.authorizers
    more = aws.appsync.GraphQLApiAdditionalAuthenticationProviderArgs
    return aws.appsync.GraphQLApi(
        "api-graphql",
        name=scope.name("api", "graphql"),
        authentication_type=_TYPES[first],
        user_pool_config=_users(linked) if first == "auth" else None,
        additional_authentication_providers=[
            more(
                authentication_type=_TYPES[name],
                user_pool_config=_more_users(linked) if name == "auth" else None,
            )
            for name in others
        ]
        or None,
        schema=scope.backend.files[wanted.schema_file],
        log_config=_log(scope, wanted),
        tags=scope.plan.tags,
        opts=options(),
    )


def _users(linked: Links) -> aws.appsync.GraphQLApiUserPoolConfigArgs:
    auth = linked["auth"].outputs
    return aws.appsync.GraphQLApiUserPoolConfigArgs(
        user_pool_id=auth["user_pool_id"],
        app_id_client_regex=auth["user_pool_client_id"],
        default_action="ALLOW",
    )


def _more_users(
    linked: Links,
) -> aws.appsync.GraphQLApiAdditionalAuthenticationProviderUserPoolConfigArgs:
    auth = linked["auth"].outputs
    return aws.appsync.GraphQLApiAdditionalAuthenticationProviderUserPoolConfigArgs(
        user_pool_id=auth["user_pool_id"], app_id_client_regex=auth["user_pool_client_id"]
    )


def _log(scope: Scope, wanted: GraphqlApi) -> aws.appsync.GraphQLApiLogConfigArgs | None:
    if wanted.log == "none":
        return None
    place = f"arn:aws:logs:{scope.plan.region}:{scope.plan.account}:log-group:/aws/appsync/apis/*"
    actions = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
    role = service_role(scope, "api-graphql-log", "appsync.amazonaws.com", [Grant(actions, (place,))])
    return aws.appsync.GraphQLApiLogConfigArgs(
        cloudwatch_logs_role_arn=role.arn,
        field_log_level=_LOGGED[wanted.log],
        exclude_verbose_content=True,
    )


def _log_group(scope: Scope, api: aws.appsync.GraphQLApi) -> None:
    """The group that AppSync would make with the first request, and keep for ever."""
    aws.cloudwatch.LogGroup(
        "api-graphql-logs",
        name=pulumi.Output.concat("/aws/appsync/apis/", api.id),
        retention_in_days=scope.backend.log_days,
        tags=scope.plan.tags,
        opts=options(parent=api),
    )


def _source_names(wanted: GraphqlApi) -> list[str]:
    return list(dict.fromkeys(resolver.source for resolver in wanted.resolvers.values()))


def _data_source(
    scope: Scope, linked: Links, api: aws.appsync.GraphQLApi, name: str
) -> aws.appsync.DataSource:
    logical = f"api-graphql-{name.replace('.', '-') or 'none'}"
    below = pulumi.ResourceOptions(parent=api)
    named = re.sub(r"\W", "_", name) or "none"
    if not name:
        return aws.appsync.DataSource(logical, api_id=api.id, name=named, type="NONE", opts=below)
    behind, kind = linked[name], name.partition(".")[0]
    grants = [grant for access in _ASKED[kind] for grant in behind.grants[access]]
    role = service_role(scope, logical, "appsync.amazonaws.com", grants)
    table = kind == "database"
    return aws.appsync.DataSource(
        logical,
        api_id=api.id,
        name=named,
        type="AMAZON_DYNAMODB" if table else "AWS_LAMBDA",
        service_role_arn=role.arn,
        dynamodb_config=_table(scope, behind) if table else None,
        lambda_config=None if table else aws.appsync.DataSourceLambdaConfigArgs(function_arn=behind.arn),
        opts=below,
    )


def _table(scope: Scope, table: Linked) -> aws.appsync.DataSourceDynamodbConfigArgs:
    return aws.appsync.DataSourceDynamodbConfigArgs(
        table_name=table.outputs["table"], region=scope.plan.region
    )


def _resolver(
    scope: Scope,
    api: aws.appsync.GraphQLApi,
    field: str,
    wanted: Resolver,
    source: aws.appsync.DataSource,
) -> None:
    type_name, _, field_name = field.partition(".")
    runtime = aws.appsync.ResolverRuntimeArgs(name="APPSYNC_JS", runtime_version="1.0.0")
    aws.appsync.Resolver(
        f"api-graphql-{field}",
        api_id=api.id,
        type=type_name,
        field=field_name,
        kind="UNIT",
        data_source=source.name,
        code=scope.backend.files[wanted.code] if wanted.code else None,
        runtime=runtime if wanted.code else None,
        opts=pulumi.ResourceOptions(parent=api),
    )


def _let_users_call(linked: Links, wanted: GraphqlApi, api: aws.appsync.GraphQLApi) -> None:
    roles = linked["auth"].roles if "auth" in linked and "iam" in wanted.authorizers else {}
    for who, role in roles.items():
        if who != "guest":
            fields = pulumi.Output.concat(api.arn, "/types/*/fields/*")
            logical = f"api-graphql-{who.replace('.', '-')}-policy"
            allow(logical, role, [Grant(("appsync:GraphQL",), (fields,))], name="graphql-api")
