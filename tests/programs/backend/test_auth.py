"""Users: the pool, the client, who may sign in how, and the roles of who is signed in."""

import dataclasses
import json

import pytest
from pydantic import ValidationError

from engine.plan.backend import Package
from engine.plan.changes import STATEFUL_TYPES
from engine.plan.why import why
from engine.spec.backend.backend import Backend
from tests.programs.mocked import SITE, declared, plan_of

WORK = {"source": "f", "handler": "app.handler", "runtime": "python3.12"}


def run(section, policy=None, **backend):
    packages = {name: Package("0" * 64, "/nowhere.zip") for name in backend.get("functions", {})}
    return declared(plan_of({"auth": section, **backend}, packages, **(policy or {})))


def pool(section, **policy):
    return run(section, policy)["auth-users"].inputs


def test_users_sign_in_with_their_mail_address_and_must_confirm_it():
    made = pool({})
    assert made["usernameAttributes"] == made["autoVerifiedAttributes"] == ["email"]
    assert made["usernameConfiguration"] == {"caseSensitive": False}
    assert made["adminCreateUserConfig"] == {"allowAdminCreateUserOnly": False}
    assert [one["name"] for one in made["schemas"]] == ["email"]


def test_a_user_name_may_have_aliases():
    made = pool({"sign_in": ["username", "email"], "sign_up": False})
    assert made["aliasAttributes"] == ["email"]
    assert "usernameAttributes" not in made
    assert made["adminCreateUserConfig"] == {"allowAdminCreateUserOnly": True}


def test_a_second_factor_needs_a_method():
    made = pool({"mfa": "required"})
    assert (made["mfaConfiguration"], made["softwareTokenMfaConfiguration"]) == ("ON", {"enabled": True})
    sent = run({"mfa": "optional", "mfa_methods": ["sms"]})
    assert sent["auth-users"].inputs["smsConfiguration"]["snsCallerArn"] == "arn:auth-messages-role"
    assert "auth-messages-role" not in run({})


def test_the_policy_protects_the_pool():
    assert pool({}, protect=True)["deletionProtection"] == "ACTIVE"
    assert pool({}, protect=False)["deletionProtection"] == "INACTIVE"
    assert "aws:cognito/userPool:UserPool" in STATEFUL_TYPES


def test_browsers_have_a_client_without_a_secret_that_never_sends_the_password():
    client = run({})["auth-client"].inputs
    assert client["explicitAuthFlows"] == ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]
    assert client["preventUserExistenceErrors"] == "ENABLED"
    assert "generateSecret" not in client
    assert "callbackUrls" not in client


def test_users_come_back_to_this_environment_and_nowhere_else():
    made = run({"hosted": True, "callback_paths": ["/", "/in"], "logout_paths": ["/out"]})
    client = made["auth-client"].inputs
    assert client["callbackUrls"] == [
        "https://edge-distribution.example/",
        "https://edge-distribution.example/in",
        f"{SITE}/",
        f"{SITE}/in",
    ]
    assert client["logoutUrls"] == ["https://edge-distribution.example/out", f"{SITE}/out"]
    assert client["allowedOauthFlows"] == ["code"]
    assert "auth-domain" in made


@pytest.mark.parametrize("guests", [True, False])
def test_each_role_is_for_identities_of_this_pool_alone(guests):
    made = run({"guests": guests})
    assert ("auth-guest-role" in made) is guests
    trust = json.loads(made["auth-authenticated-role"].inputs["assumeRolePolicy"])["Statement"][0]
    condition = trust["Condition"]
    assert condition["StringEquals"] == {"cognito-identity.amazonaws.com:aud": "auth-identities-id"}
    assert condition["ForAnyValue:StringLike"] == {"cognito-identity.amazonaws.com:amr": "authenticated"}
    assert made["auth-identities"].inputs["allowUnauthenticatedIdentities"] is guests


def test_groups_are_in_order_and_only_those_with_rules_have_a_role():
    storage = {"files": {"access": {"all/*": {"groups.admin": "read"}}}}
    made = run({"groups": ["admin", "staff"]}, storage=storage)
    assert [made[f"auth-group-{name}"].inputs["precedence"] for name in ("admin", "staff")] == [0, 1]
    assert made["auth-group-admin"].inputs["roleArn"] == "arn:auth-groups-admin-role"
    assert "roleArn" not in made["auth-group-staff"].inputs
    (mapping,) = made["auth-roles"].inputs["roleMappings"]
    assert mapping["ambiguousRoleResolution"] == "AuthenticatedRole"


def test_triggers_are_functions_that_cognito_may_call():
    made = run({"triggers": {"post_confirmation": "work"}}, functions={"work": {**WORK, "uses": ["auth"]}})
    arn = made["auth-users"].inputs["lambdaConfig"]["postConfirmation"]
    assert arn.endswith(f":function:{made['functions-work'].inputs['name']}")
    permission = made["functions-work-auth-call"].inputs
    assert (permission["principal"], permission["sourceArn"]) == (
        "cognito-idp.amazonaws.com",
        "arn:auth-users",
    )
    variables = made["functions-work"].inputs["environment"]["variables"]
    assert variables["AUTH_USER_POOL_ID"] == "auth-users-id"


def test_everything_has_a_reason():
    made = run(
        {"guests": True, "hosted": True, "groups": ["admin"], "mfa": "optional", "mfa_methods": ["sms"]}
    )
    assert [name for name in made if not why(name)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"sign_in": []},
        {"sign_in": ["twitter"]},
        {"password": {"min_length": 5}},
        {"triggers": {"define_auth_challenge": "f"}},
        {"groups": ["a", "a"]},
        {"social": {"google": {"client_id": "x", "client_secret": "not a name"}}},
        {"oidc": {"corp": {"client_id": "x", "client_secret": "S", "issuer": "http://corp"}}},
    ],
)
def test_what_does_not_fit_together_is_refused(wrong):
    with pytest.raises(ValidationError):
        Backend.model_validate({"auth": wrong})


def test_every_environment_has_sign_in_pages_of_its_own_without_words_of_aws():
    assert run({"hosted": True, "domain_prefix": "notes"})["auth-domain"].inputs["domain"] == "notes-prod"
    plan = dataclasses.replace(plan_of({"auth": {"hosted": True}}), app="amazonws-laws")
    domain = declared(plan)["auth-domain"].inputs["domain"]
    assert not [word for word in ("aws", "amazon", "cognito") if word in domain]


def test_only_the_pool_may_send_messages_with_its_role():
    made = run({"sign_in": ["phone"]})
    (trust,) = json.loads(made["auth-messages-role"].inputs["assumeRolePolicy"])["Statement"]
    external_id = made["auth-users"].inputs["smsConfiguration"]["externalId"]
    assert trust["Condition"] == {"StringEquals": {"sts:ExternalId": external_id}}


def test_a_birthdate_is_a_date():
    (_, birthdate) = pool({"attributes": ["birthdate"]})["schemas"]
    assert birthdate["stringAttributeConstraints"] == {"minLength": "10", "maxLength": "10"}


def test_the_app_may_read_the_attributes_of_who_signs_in_on_the_pages_of_the_pool():
    client = run({"hosted": True})["auth-client"].inputs
    assert "aws.cognito.signin.user.admin" in client["allowedOauthScopes"]


@pytest.mark.parametrize(
    "bad",
    [
        {"domain_prefix": "my-cognito"},
        {"groups": ["grün"]},
        {"scopes": ["notes/read"]},
        {"oidc": {"my_company": {"client_id": "a", "client_secret": "B", "issuer": "https://a.b"}}},
        {"oidc": {"me": {"client_id": "a", "client_secret": "B", "issuer": "https://a.b"}}},
    ],
)
def test_what_cognito_does_not_take_is_refused(bad):
    with pytest.raises(ValidationError):
        Backend.model_validate({"auth": bad})
