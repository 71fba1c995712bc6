"""What Cognito asks functions on this machine, as AWS asks it."""

import json

import pytest

from engine.local.emulator import user_triggers
from engine.local.emulator.user_triggers import Asked, RefusedError, ask

POOL = {"Id": "us-east-1_Pool", "LambdaConfig": {"PostConfirmation": "arn:f"}}
ANN = {"sub": "s", "email": "ann@example.com"}
NO = {"errorMessage": "not you"}
CONFIRM = {"ClientId": "web", "ClientMetadata": {"a": "b"}}


def confirmed(action="ConfirmSignUp"):
    return user_triggers.after_confirmation(action, CONFIRM, "ann", ANN)


def answering(body, error=False):
    return lambda arn, event: {"body": body, "error": error}


def test_the_event_is_the_one_of_aws():
    assert confirmed().event("us-east-1_Pool") == {
        "version": "1",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "region": "us-east-1",
        "userPoolId": "us-east-1_Pool",
        "userName": "ann",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "web"},
        "request": {"userAttributes": ANN, "clientMetadata": {"a": "b"}},
        "response": {},
    }


@pytest.mark.parametrize("body", [{"response": {"a": 1}}, json.dumps({"response": {"a": 1}})])
def test_the_answer_is_the_response_of_the_function(body):
    assert ask(POOL, confirmed(), answering(body)) == {"a": 1}


def test_a_pool_without_the_trigger_asks_nobody():
    assert ask({"Id": "p"}, confirmed(), answering({}, error=True)) is None


@pytest.mark.parametrize(
    "body", [{"errorMessage": "not you"}, json.dumps({"errorMessage": "not you"}), "not you"]
)
def test_an_error_of_the_function_is_said(body):
    with pytest.raises(RefusedError, match="PostConfirmation failed with error not you"):
        ask(POOL, confirmed(), answering(body, error=True))


@pytest.mark.parametrize(
    ("action", "source"),
    [
        ("SignUp", "PostConfirmation_ConfirmSignUp"),
        ("AdminConfirmSignUp", "PostConfirmation_ConfirmSignUp"),
        ("ConfirmForgotPassword", "PostConfirmation_ConfirmForgotPassword"),
    ],
)
def test_what_confirms(action, source):
    assert confirmed(action).source == source


def test_what_does_not_confirm():
    assert confirmed("GetUser") is None


@pytest.mark.parametrize("flow", ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "CUSTOM_AUTH"])
def test_before_a_sign_in(flow):
    data = {"AuthFlow": flow, "ClientId": "web", "ClientMetadata": {"a": "b"}}
    asked = user_triggers.before_sign_in("InitiateAuth", data, "ann", ANN)
    assert asked.trigger == "PreAuthentication"
    assert asked.event("p")["request"] == {
        "userAttributes": ANN,
        "validationData": {"a": "b"},
        "userNotFound": False,
    }
    assert user_triggers.before_sign_in("InitiateAuth", data, "ann", None).more["userNotFound"]


def test_a_refresh_asks_nobody():
    data = {"AuthFlow": "REFRESH_TOKEN_AUTH", "ClientId": "web"}
    assert user_triggers.before_sign_in("InitiateAuth", data, "ann", ANN) is None
    assert user_triggers.after_sign_in("TokenGeneration_RefreshTokens", "web", "ann", ANN, None) is None


@pytest.mark.parametrize("tokens", ["", "TokenGeneration_Authentication", "TokenGeneration_HostedAuth"])
def test_after_a_sign_in(tokens):
    asked = user_triggers.after_sign_in(tokens, "web", "ann", ANN, None)
    assert asked.source == "PostAuthentication_Authentication"


def test_only_who_brings_a_password_or_wants_a_new_one_may_move_in():
    data = {"ClientId": "web", "AuthParameters": {"USERNAME": "ann", "PASSWORD": "p"}}
    asked = user_triggers.to_move("InitiateAuth", {**data, "AuthFlow": "USER_PASSWORD_AUTH"})
    assert (asked.source, asked.username) == ("UserMigration_Authentication", "ann")
    assert asked.more["password"] == "p"
    assert user_triggers.to_move("InitiateAuth", {**data, "AuthFlow": "USER_SRP_AUTH"}) is None
    forgot = user_triggers.to_move("ForgotPassword", {"ClientId": "web", "Username": "ann"})
    assert forgot.source == "UserMigration_ForgotPassword"
    assert "password" not in forgot.more


def test_before_a_sign_up_the_function_gets_what_the_app_said():
    data = {"ValidationData": [{"Name": "invitation", "Value": "7"}], "ClientMetadata": {"a": "b"}}
    asked = user_triggers.before_sign_up("PreSignUp_SignUp", "web", "ann", ANN, data)
    assert asked.more == {"validationData": {"invitation": "7"}, "clientMetadata": {"a": "b"}}
    assert asked.event("p")["response"] == {
        "autoConfirmUser": False,
        "autoVerifyEmail": False,
        "autoVerifyPhone": False,
    }


def test_only_an_invitation_has_a_place_for_the_name():
    asked = user_triggers.for_message("CustomMessage_AdminCreateUser", "ann", ANN, None)
    assert asked.more["usernameParameter"] == "{username}"
    assert (
        user_triggers.for_message("CustomMessage_SignUp", "ann", ANN, None).more["usernameParameter"] is None
    )


def test_who_asks_without_a_client_is_said_to():
    assert Asked("PostConfirmation_ConfirmSignUp", "ann", {}).event("p")["callerContext"]["clientId"] == (
        "CLIENT_ID_NOT_APPLICABLE"
    )
