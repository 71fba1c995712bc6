"""``aws:appsync/resolver:Resolver``.

https://www.pulumi.com/registry/packages/aws/api-docs/appsync/resolver/ . The id is
``<api>-<type>-<field>``, which import takes. ApiId, TypeName and FieldName are the createOnlyProperties of
AWS::AppSync::Resolver in CloudFormation. The emulator takes code that does not parse, so what AppSync wants
of it is looked for here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.local.provider.check import Failure
from engine.local.provider.fields import REGION, block, text
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.graphql_api import appsync
from engine.local.provider.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_EXPORTED = re.compile(
    r"export\s+(?:async\s+)?(?:function|const)\s+(request|response)\b|export\s*\{([^}]*)\}"
)


def _check(inputs: Values) -> Iterator[Failure]:
    code = inputs.get("code")
    if not code or code is UNKNOWN:
        return
    found = {name for one, more in _EXPORTED.findall(code) for name in (one, *re.findall(r"\w+", more))}
    if missing := sorted({"request", "response"} - found):
        yield Failure(
            "code", f"AppSync wants `request` and `response` exported; there is no {', '.join(missing)}"
        )


def _settings(inputs: Values) -> Values:
    made = {
        "apiId": inputs["apiId"],
        "typeName": inputs["type"],
        "fieldName": inputs["field"],
        "kind": inputs.get("kind") or "UNIT",
    }
    optional = {"dataSourceName": "dataSource", "code": "code", "runtime": "runtime"}
    return {**made, **{api: inputs[name] for api, name in optional.items() if inputs.get(name)}}


def _create(cloud: Cloud, inputs: Values) -> str:
    appsync(cloud, inputs).create_resolver(**_settings(inputs))
    return f"{inputs['apiId']}-{inputs['type']}-{inputs['field']}"


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    appsync(cloud, inputs).update_resolver(**_settings(inputs))


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    api, type_name, field = identity.split("-", 2)
    there = appsync(cloud, inputs).get_resolver(apiId=api, typeName=type_name, fieldName=field)["resolver"]
    found = {
        "apiId": api,
        "type": type_name,
        "field": field,
        "kind": there.get("kind"),
        "dataSource": there.get("dataSourceName"),
        "code": there.get("code"),
        "runtime": there.get("runtime"),
    }
    return Found(found, {"arn": there.get("resolverArn")})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    api, type_name, field = identity.split("-", 2)
    appsync(cloud, inputs).delete_resolver(apiId=api, typeName=type_name, fieldName=field)


GRAPHQL_RESOLVER = Resource(
    type="aws:appsync/resolver:Resolver",
    inputs={
        "apiId": text(required=True, replaces=True, unique=True),
        "type": text(required=True, replaces=True, unique=True),
        "field": text(required=True, replaces=True, unique=True),
        "kind": text(default="UNIT", choices=("UNIT", "PIPELINE")),
        "dataSource": text(),
        "code": text(limit=32_768),
        "runtime": block({"name": text(required=True), "runtimeVersion": text(required=True)}),
        **REGION,
    },
    outputs=("arn",),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
    check=_check,
)
