"""Two environments of one app side by side: each has its own users, data and functions."""

import json
import secrets

import httpx
import pytest

pytestmark = pytest.mark.acceptance

SPEC = """version: 1
app: pair
environments:
  prod: {branch: main}
  staging: {branch: staging}
backend:
  auth: {password_sign_in: yes}
  database: {notes: {partition_key: owner}}
  storage: {files: {access: {owner: [read, write]}}}
  functions:
    notes: {source: fn, handler: app.handler, runtime: python3.12, uses: [database.notes]}
  api: {rest: {authorizer: auth, routes: {POST /notes: notes}}}
frontend:
  artifacts: {baseDirectory: public}
"""
FUNCTION = """import os, boto3

def handler(event, context):
    owner = event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]
    boto3.resource("dynamodb").Table(os.environ["DATABASE_NOTES_TABLE"]).put_item(Item={"owner": owner})
    return {"statusCode": 201, "body": os.environ["WINDLASS_ENVIRONMENT"]}
"""
BRANCHES = {"prod": "main", "staging": "staging"}


@pytest.fixture(scope="module")
def pair(make_project):
    project = make_project()
    project.write("amplify.yml", SPEC)
    project.write("fn/app.py", FUNCTION)
    project.commit()
    for branch in BRANCHES.values():
        project.deploy("--branch", branch)
    return project


@pytest.fixture(scope="module")
def outputs(pair):
    def of(name):
        return json.loads(pair.run("outputs", "--target", "local", "--env", name, "--json").out)

    return {name: of(name) for name in BRANCHES}


@pytest.fixture(scope="module")
def tokens(pair, outputs):
    """The id token of a user of each environment."""
    cognito = pair.client("cognito-idp")
    return {name: _token(cognito, outputs[name]) for name in BRANCHES}


def _token(cognito, told):
    who, word = "ann@example.com", f"A-{secrets.token_hex(8)}"
    pool, client = told["auth_user_pool_id"], told["auth_user_pool_client_id"]
    cognito.admin_create_user(UserPoolId=pool, Username=who, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=who, Password=word, Permanent=True)
    asked = {"USERNAME": who, "PASSWORD": word}
    answer = cognito.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=asked)
    return answer["AuthenticationResult"]["IdToken"]


def _call(pair, told, token):
    host = told["api_rest_url"].removeprefix("http://")
    headers = {"host": host, "authorization": f"Bearer {token}"}
    return httpx.post(f"{pair.target.endpoint}/notes", headers=headers)


def test_they_share_no_resource(outputs):
    own = {
        key: value for key, value in outputs["prod"].items() if key.startswith(("auth", "api", "data", "st"))
    }
    assert own
    assert not {key for key, value in own.items() if outputs["staging"][key] == value}


def test_each_answers_its_own_users_and_no_others(pair, outputs, tokens):
    for name in BRANCHES:
        answer = _call(pair, outputs[name], tokens[name])
        assert (answer.status_code, answer.text) == (201, name)
    assert _call(pair, outputs["prod"], tokens["staging"]).status_code == 401
    assert _call(pair, outputs["staging"], tokens["prod"]).status_code == 401


def test_what_one_writes_is_not_in_the_other(pair, outputs, tokens):
    table = pair.client("dynamodb")
    for name in BRANCHES:
        _call(pair, outputs[name], tokens[name])
    owners = [
        {item["owner"]["S"] for item in table.scan(TableName=told["database_notes_table"])["Items"]}
        for told in outputs.values()
    ]
    assert [len(found) for found in owners] == [1, 1]
    assert owners[0] != owners[1]


def test_one_goes_and_the_other_stays(pair, outputs, tokens):
    (pair.folder / "fn/app.py").unlink()  # what goes needs no code
    pair.destroy("staging")
    assert _call(pair, outputs["prod"], tokens["prod"]).status_code == 201
    tables = pair.client("dynamodb").list_tables()["TableNames"]
    assert tables == [outputs["prod"]["database_notes_table"]]
    assert pair.client("cognito-idp").list_user_pools(MaxResults=9)["UserPools"][1:] == []
