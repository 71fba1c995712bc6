"""``aws:cognito/userPoolClient:UserPoolClient``.

https://www.pulumi.com/registry/packages/aws/api-docs/cognito/userpoolclient/ . The id is the client's.
UserPoolId and GenerateSecret are the createOnlyProperties of AWS::Cognito::UserPoolClient in
CloudFormation. UpdateUserPoolClient sets to its default what it is not told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.check import Failure
from engine.local.provider.fields import REGION, block, flag, items, text, whole
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.user_pool import cognito
from engine.local.provider.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_LOCAL = ("http://localhost", "http://127.0.0.1")


def _check(inputs: Values) -> Iterator[Failure]:
    """AWS wants TLS but on this machine, where the emulator's sites are below ``.localhost``."""
    for name in ("callbackUrls", "logoutUrls"):
        for url in inputs.get(name) or () if inputs.get(name) is not UNKNOWN else ():
            plain = url is not UNKNOWN and url.startswith("http://") and ".localhost" not in url
            if plain and not url.startswith(_LOCAL):
                yield Failure(name, f"{url}: only https, or http on localhost")


def _create(cloud: Cloud, inputs: Values) -> str:
    wanted = to_plain(USER_POOL_CLIENT.inputs, inputs)
    return str(cognito(cloud, inputs).create_user_pool_client(**wanted)["UserPoolClient"]["ClientId"])


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    wanted = to_plain(USER_POOL_CLIENT.inputs, inputs, ("generateSecret",))
    cognito(cloud, inputs).update_user_pool_client(ClientId=identity, **wanted)


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    there = cognito(cloud, inputs).describe_user_pool_client(
        UserPoolId=inputs["userPoolId"], ClientId=identity
    )["UserPoolClient"]
    return Found({**from_plain(USER_POOL_CLIENT.inputs, there), "userPoolId": inputs["userPoolId"]}, {})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    cognito(cloud, inputs).delete_user_pool_client(UserPoolId=inputs["userPoolId"], ClientId=identity)


USER_POOL_CLIENT = Resource(
    type="aws:cognito/userPoolClient:UserPoolClient",
    inputs={
        "userPoolId": text(required=True, replaces=True),
        "name": text(autoname=True, limit=128, api="ClientName"),
        "generateSecret": flag(default=False, replaces=True),
        "explicitAuthFlows": items(text()),
        "preventUserExistenceErrors": text(choices=("ENABLED", "LEGACY"), computed=True),
        "enableTokenRevocation": flag(default=True),
        "accessTokenValidity": whole(computed=True),
        "idTokenValidity": whole(computed=True),
        "refreshTokenValidity": whole(computed=True),
        "tokenValidityUnits": block({"accessToken": text(), "idToken": text(), "refreshToken": text()}),
        "supportedIdentityProviders": items(text()),
        "allowedOauthFlows": items(
            text(choices=("code", "implicit", "client_credentials")), api="AllowedOAuthFlows"
        ),
        "allowedOauthFlowsUserPoolClient": flag(default=False, api="AllowedOAuthFlowsUserPoolClient"),
        "allowedOauthScopes": items(text(), api="AllowedOAuthScopes"),
        "callbackUrls": items(text(), api="CallbackURLs"),
        "logoutUrls": items(text(), api="LogoutURLs"),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
    check=_check,
)
