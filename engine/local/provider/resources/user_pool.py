"""``aws:cognito/userPool:UserPool``.

https://www.pulumi.com/registry/packages/aws/api-docs/cognito/userpool/ . The id is the pool's.
AliasAttributes, UsernameAttributes and UsernameConfiguration cannot be changed (UpdateUserPool does not
take them); attributes can be added, and neither changed nor removed: the official provider refuses that as
well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import LocalTargetError
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resource import Found, Resource
from engine.local.provider.resources.tags import bring_tags, map_inputs, tag_map
from engine.local.provider.resources.user_pool_inputs import USER_POOL_INPUTS

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_APART = ("tags", "passwordPolicy", "softwareTokenMfaConfiguration")
_AT_CREATION = ("aliasAttributes", "usernameAttributes", "usernameConfiguration", "schemas")


def cognito(cloud: Cloud, inputs: Values) -> Any:
    """The client of user pools for a resource with these inputs."""
    return cloud.client("cognito-idp", inputs.get("region"))


def _create(cloud: Cloud, inputs: Values) -> str:
    wanted = {**_settings(inputs), "MfaConfiguration": "OFF"}  # switched on once its methods are set
    answer = cognito(cloud, inputs).create_user_pool(**wanted, UserPoolTags=tag_map(inputs))
    return str(answer["UserPool"]["Id"])


def _settings(inputs: Values, leave_out: tuple[str, ...] = ()) -> Values:
    made = to_plain(USER_POOL_INPUTS, inputs, (*_APART, *leave_out))
    if policy := inputs.get("passwordPolicy"):
        made["Policies"] = to_plain(
            {"passwordPolicy": USER_POOL_INPUTS["passwordPolicy"]}, {"passwordPolicy": policy}
        )
    return made


def _second_factor(cloud: Cloud, identity: str, inputs: Values) -> None:
    mode = inputs.get("mfaConfiguration") or "OFF"
    token = bool((inputs.get("softwareTokenMfaConfiguration") or {}).get("enabled"))
    sms = inputs.get("smsConfiguration")
    asked: Values = {"SoftwareTokenMfaConfiguration": {"Enabled": token}}
    if sms and mode != "OFF":
        configuration = {"SnsCallerArn": sms["snsCallerArn"], "ExternalId": sms.get("externalId") or ""}
        asked["SmsMfaConfiguration"] = {"SmsConfiguration": configuration}
    cognito(cloud, inputs).set_user_pool_mfa_config(UserPoolId=identity, MfaConfiguration=mode, **asked)


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    client = cognito(cloud, inputs)
    there = client.describe_user_pool(UserPoolId=identity)["UserPool"]
    _add_attributes(client, identity, there, inputs)
    client.update_user_pool(UserPoolId=identity, **_settings(inputs, _AT_CREATION))
    _second_factor(cloud, identity, inputs)
    bring_tags(
        there.get("UserPoolTags") or {},
        inputs,
        lambda tags: client.tag_resource(ResourceArn=there["Arn"], Tags=tags),
        lambda keys: client.untag_resource(ResourceArn=there["Arn"], TagKeys=keys),
    )


def _add_attributes(client: Any, identity: str, there: Values, inputs: Values) -> None:
    known = _attributes(there)
    wanted = {one["name"]: one for one in inputs.get("schemas") or ()}
    own = {name.removeprefix("custom:") for name in known if name.startswith("custom:")}
    if gone := sorted(own - set(wanted)):
        raise LocalTargetError(
            f"schemas: a user pool keeps its attributes; {', '.join(gone)} cannot be removed"
        )
    new = [one for name, one in wanted.items() if name not in known and name not in own]
    if new:
        listed = to_plain(USER_POOL_INPUTS, {"schemas": new})["Schema"]
        client.add_custom_attributes(UserPoolId=identity, CustomAttributes=listed)


def _attributes(there: Values) -> dict[str, Values]:
    return {one["Name"]: one for one in there.get("SchemaAttributes") or ()}


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    client = cognito(cloud, inputs)
    there = client.describe_user_pool(UserPoolId=identity)["UserPool"]
    factor = client.get_user_pool_mfa_config(UserPoolId=identity)
    token = (factor.get("SoftwareTokenMfaConfiguration") or {}).get("Enabled")
    known = _attributes(there)
    attributes = [
        one for one in inputs.get("schemas") or () if one["name"] in known or f"custom:{one['name']}" in known
    ]
    found = {
        **from_plain(USER_POOL_INPUTS, {**there, "PoolName": there["Name"], "Schema": None}),
        **from_plain({"passwordPolicy": USER_POOL_INPUTS["passwordPolicy"]}, there.get("Policies") or {}),
        "mfaConfiguration": factor.get("MfaConfiguration") or "OFF",
        "softwareTokenMfaConfiguration": {"enabled": True} if token else None,
        "schemas": attributes,
        **map_inputs(there.get("UserPoolTags") or {}, inputs),
    }
    region = inputs.get("region") or cloud.target.region
    return Found(found, {"arn": there["Arn"], "endpoint": f"cognito-idp.{region}.amazonaws.com/{identity}"})


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    # The emulator deletes what AWS would protect.
    client = cognito(cloud, inputs)
    if client.describe_user_pool(UserPoolId=identity)["UserPool"].get("DeletionProtection") == "ACTIVE":
        raise LocalTargetError("the user pool is protected from deletion")
    client.delete_user_pool(UserPoolId=identity)


USER_POOL = Resource(
    type="aws:cognito/userPool:UserPool",
    inputs=USER_POOL_INPUTS,
    outputs=("arn", "endpoint"),
    stable=("arn", "endpoint"),
    create=_create,
    settle=_second_factor,
    read=_read,
    update=_update,
    delete=_delete,
)
