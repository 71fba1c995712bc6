"""Functions that Cognito asks while users sign up and in, and what functions find where they run."""

import json

import pytest
from botocore.exceptions import ClientError

from engine.local.emulator.runtimes import runtime_for
from engine.target import client

pytestmark = pytest.mark.acceptance

BACKEND = """
backend:
  auth:
    sign_in: [email]
    password_sign_in: true
    triggers:
      pre_sign_up: users
      post_confirmation: users
      pre_authentication: users
      post_authentication: users
      user_migration: users
      custom_message: users
  database:
    asked: {partition_key: id}
  functions:
    users: {source: functions/users, handler: app.handler, runtime: python3.12, uses: [database.asked]}
    here: {source: functions/here, handler: app.handler, runtime: python3.12}
    required: {source: functions/required, handler: app.handler, runtime: nodejs22.x, uses: [database.asked]}
    imported: {source: functions/imported, handler: app.handler, runtime: nodejs22.x, uses: [database.asked]}
"""
FUNCTION = """
import os

import boto3

ASKED = boto3.resource("dynamodb").Table(os.environ["DATABASE_ASKED_TABLE"])


def handler(event, context):
    source, name = event["triggerSource"], event["userName"]
    attributes = event["request"]["userAttributes"]
    mail = attributes.get("email", name)
    ASKED.put_item(Item={"id": f"{source} {mail}", "attributes": attributes})
    if source == "PreSignUp_SignUp":
        if mail.endswith("@evil.example"):
            raise ValueError("not from there")
        event["response"]["autoConfirmUser"] = event["response"]["autoVerifyEmail"] = mail.startswith("ann")
    if source == "PreAuthentication_Authentication" and mail.startswith("carl"):
        raise ValueError("not today")
    if source == "UserMigration_Authentication" and event["request"]["password"] == "Old-password-1":
        event["response"] |= {"userAttributes": {"email": name}, "finalUserStatus": "CONFIRMED"}
    if source.startswith("CustomMessage_"):
        event["response"]["emailMessage"] = "Welcome, your code is {####}"
    return event
"""
HERE = """
import os
import sys


def handler(event, context):
    try:
        import yaml
    except ImportError:
        yaml = None
    return {"version": "%d.%d" % sys.version_info[:2], "yaml": bool(yaml), "names": sorted(os.environ)}
"""
NODE = """
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const TableName = process.env.DATABASE_ASKED_TABLE

HANDLER = async () => {
  await documents.send(new PutCommand({ TableName, Item: { id: 'node', many: [1, { a: true }] } }))
  const { Item } = await documents.send(new GetCommand({ TableName, Key: { id: 'node' } }))
  const undeclared = await import('left-pad').catch((error) => error.code)
  return { Item, undeclared, version: process.version }
}
"""
REQUIRED = """
const { DynamoDBClient } = require('@aws-sdk/client-dynamodb')
const { DynamoDBDocumentClient, GetCommand, PutCommand } = require('@aws-sdk/lib-dynamodb')
""" + NODE.replace("HANDLER", "exports.handler")
IMPORTED = """
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
""" + NODE.replace("HANDLER", "export const handler")
PASSWORD = "Correct-horse-7"


@pytest.fixture(scope="module")
def project(make_project):
    project = make_project()
    project.write("functions/users/app.py", FUNCTION)
    project.write("functions/here/app.py", HERE)
    project.write("functions/required/app.js", REQUIRED)
    project.write("functions/imported/app.mjs", IMPORTED)
    project.write("node_modules/left-pad/index.js", "module.exports = 1")  # the project's, not the function's
    project.write("amplify.yml", (project.folder / "amplify.yml").read_text() + BACKEND)
    project.deploy()
    return project


@pytest.fixture(scope="module")
def users(project):
    return Users(project)


class Users:
    """What an app does for its users, and what its function was asked meanwhile."""

    def __init__(self, project):
        outputs = json.loads((project.folder / "amplify_outputs.json").read_text())
        self.client = outputs["auth"]["user_pool_client_id"]
        self.cognito = project.client("cognito-idp")
        self.target = project.target

    def sign_up(self, name):
        given = [{"Name": "email", "Value": f"{name}"}]
        return self.cognito.sign_up(
            ClientId=self.client, Username=name, Password=PASSWORD, UserAttributes=given
        )["UserConfirmed"]

    def sign_in(self, name, password=PASSWORD):
        return self.cognito.initiate_auth(
            ClientId=self.client,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": password},
        )["AuthenticationResult"]

    def asked(self, mail):
        dynamodb = client(self.target, "dynamodb")
        (table,) = dynamodb.list_tables()["TableNames"]
        items = dynamodb.scan(TableName=table)["Items"]
        of = {item["id"]["S"]: item["attributes"]["M"] for item in items}
        return {
            name.removesuffix(f" {mail}"): value for name, value in of.items() if name.endswith(f" {mail}")
        }


def test_a_function_confirms_and_hears_of_it_and_of_every_sign_in(users):
    mail = "ann@example.com"
    assert users.sign_up(mail)
    asked = users.asked(mail)
    assert set(asked) == {"PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"}
    told = asked["PostConfirmation_ConfirmSignUp"]
    assert told["email_verified"] == {"S": "true"}
    assert told["cognito:user_status"] == {"S": "CONFIRMED"}
    users.sign_in(mail)
    assert set(users.asked(mail)) - set(asked) == {
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
    }


def test_a_code_confirms_and_comes_in_the_functions_words(users, project):
    mail = "bob@example.com"
    assert not users.sign_up(mail)
    assert "PostConfirmation_ConfirmSignUp" not in users.asked(mail)
    users.cognito.confirm_sign_up(ClientId=users.client, Username=mail, ConfirmationCode="123456")
    asked = users.asked(mail)
    assert asked["PostConfirmation_ConfirmSignUp"]["email_verified"] == {"S": "true"}
    assert "CustomMessage_SignUp" in asked
    users.cognito.forgot_password(ClientId=users.client, Username=mail)
    new = {"Username": mail, "ConfirmationCode": "654321", "Password": "Another-horse-8"}
    users.cognito.confirm_forgot_password(ClientId=users.client, **new)
    assert {"CustomMessage_ForgotPassword", "PostConfirmation_ConfirmForgotPassword"} <= set(
        users.asked(mail)
    )


def test_a_function_refuses_with_its_words(users):
    with pytest.raises(ClientError, match="PreSignUp failed with error not from there") as error:
        users.sign_up("eve@evil.example")
    assert error.value.response["Error"]["Code"] == "UserLambdaValidationException"
    users.sign_up("carl@example.com")
    users.cognito.confirm_sign_up(
        ClientId=users.client, Username="carl@example.com", ConfirmationCode="123456"
    )
    with pytest.raises(ClientError, match="PreAuthentication failed with error not today"):
        users.sign_in("carl@example.com")


def test_a_user_moves_in_with_the_password_of_old(users):
    with pytest.raises(ClientError, match=r"NotAuthorized|UserNotFound"):
        users.sign_in("dora@example.com", "Wrong-password-1")
    assert users.sign_in("dora@example.com", "Old-password-1")["AccessToken"]
    with pytest.raises(ClientError, match="NotAuthorized"):
        users.sign_in("dora@example.com", "Wrong-password-1")


def test_a_function_runs_on_its_own_version_without_what_is_not_its_own(project):
    found = invoked(project, "here")
    assert found["version"] == runtime_for("python3.12", project.host).version
    assert not found["yaml"]
    assert "AWS_SECRET_ACCESS_KEY" in found["names"]
    assert not {"STATE_DIR", "S3_DATA_DIR", "LOG_LEVEL", "HOME"} & set(found["names"])


@pytest.mark.parametrize("part", ["required", "imported"])
def test_a_node_function_finds_the_sdk_of_its_runtime_and_no_package_of_the_project(project, part):
    found = invoked(project, part)
    assert found["Item"] == {"id": "node", "many": [1, {"a": True}]}
    assert found["undeclared"] == "ERR_MODULE_NOT_FOUND"


def invoked(project, part):
    functions = project.client("lambda")
    names = [one["FunctionName"] for one in functions.list_functions()["Functions"]]
    (name,) = [name for name in names if part in name]
    return json.load(functions.invoke(FunctionName=name)["Payload"])
