"""Operating and verifying a small backend: logs, calls, drift, policies, a user of verify's own making."""

import json
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.acceptance

APP = Path(__file__).parent / "apps" / "board"
LOCAL = ("--target", "local")


@pytest.fixture(scope="module")
def board(make_project):
    """The app, deployed; tests leave it as they found it."""
    project = make_project(APP)
    project.deploy()
    return project


@pytest.fixture(scope="module")
def names(board):
    """What is where: the outputs of the stack."""
    return json.loads(board.run("outputs", "--json", *LOCAL).out)


def invoke(board, event):
    done = board.begin("invoke", "board", "--data", json.dumps(event), *LOCAL).finish()
    (invoked,) = done.of("invoked")
    assert done.code == (12 if invoked["failure"] else 0)
    return invoked


def checks(done):
    return {event["check"]: event["passed"] for event in done.of("checked")}


def users(board, names):
    return board.client("cognito-idp").list_users(UserPoolId=names["auth_user_pool_id"])["Users"]


def files(board, names):
    return board.client("s3").list_objects_v2(Bucket=names["storage_files_bucket"]).get("Contents", [])


def identities(board, names):
    pool = names["auth_identity_pool_id"]
    asked = {"IdentityPoolId": pool, "MaxResults": 10}
    return board.client("cognito-identity").list_identities(**asked)["Identities"]


def test_a_function_answers(board):
    done = board.run("invoke", "board", "--data", '{"text": "hi"}', "--log", *LOCAL)
    assert json.loads(done.out) == {"said": "hi"}
    assert done.err.splitlines()[-1] == "hi"


def test_a_failing_function_is_told_plainly(board):
    data = json.dumps({"do": "fail", "text": "nothing"})
    done = board.begin("invoke", "board", "--data", data, *LOCAL).finish()
    error = done.events[-1]
    assert (done.code, error["code"], error["exit_code"]) == (12, "invoke", 12)
    assert error["message"].startswith("board failed: ")
    assert error["details"][-1] == "KeyError: 'nothing'"  # its trace, to the end
    assert error["hint"] == "`windlass logs board` has what it wrote."


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("invoke", "nobody"), 10),
        (("logs", "nobody"), 10),
        (("invoke", "board", "--data", "{"), 2),
        (("invoke", "board", "--data", "@missing.json"), 2),
        (("logs", "board", "--since", "soon"), 2),
    ],
)
def test_what_cannot_be_called_or_read_is_refused(board, arguments, code):
    board.run(*arguments, *LOCAL, code=code)


def test_a_function_can_do_what_it_declared_and_nothing_else(board):
    assert invoke(board, {"do": "read"})["answer"] == []
    for deed in ("write", "list_buckets"):
        failure = invoke(board, {"do": deed})["failure"]
        assert "AccessDenied" in failure["message"]


def test_logs_follow_calls_as_they_come(board):
    invoke(board, {"text": "before"})
    verb = board.begin("logs", "board", "--follow", *LOCAL)
    verb.until("log-entry", message="before")
    texts = [f"call {number}" for number in range(5)]
    calls = [threading.Thread(target=invoke, args=(board, {"text": text})) for text in texts]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    invoke(board, {"text": "the last"})
    verb.until("log-entry", message="the last")
    verb.interrupt()
    done = verb.finish()
    assert (done.code, done.err.strip()) == (130, "")
    entries = [event for event in done.of("log-entry") if event["message"].startswith("call ")]
    assert sorted(entry["message"] for entry in entries) == texts  # each once
    assert len({entry["stream"] for entry in entries}) > 1
    assert not [event for event in done.of("log-entry") if event["message"].startswith("START")]


def test_logs_with_what_lambda_writes(board):
    invoke(board, {"text": "measured"})
    entries = board.begin("logs", "board", "--all", *LOCAL).finish().of("log-entry")
    times = [entry["time"] for entry in entries]
    assert times == sorted(times)
    messages = [entry["message"] for entry in entries if entry["stream"] == entries[-1]["stream"]]
    assert messages[0].startswith("START RequestId: ")
    assert messages[-3] == "measured"
    assert [message.split()[0] for message in messages[-2:]] == ["END", "REPORT"]


def test_policies_are_those_of_uses_and_of_the_buckets_rules(board, names):
    roles = board.run("resources", "--policies", "--json", *LOCAL).of("policies")[0]["roles"]
    found = {role["role"]: role for role in roles}
    function = found["functions-board-role"]
    assert function["taken_on_by"] == ["lambda.amazonaws.com"]
    actions = [action for permission in function["permissions"] for action in permission["actions"]]
    assert "dynamodb:GetItem" in actions
    assert "dynamodb:PutItem" not in actions
    by_action = {one["actions"][-1]: one for one in found["auth-authenticated-role"]["permissions"]}
    assert set(by_action) == {"s3:PutObject", "s3:ListBucket", "execute-api:Invoke"}
    bucket = f"arn:aws:s3:::{names['storage_files_bucket']}"
    assert by_action["s3:PutObject"]["resources"] == [
        f"{bucket}/private/${{cognito-identity.amazonaws.com:sub}}/*"
    ]
    (signed,) = by_action["execute-api:Invoke"]["resources"]
    assert signed.endswith("/*/GET/signed/*")
    shown = board.run("resources", "--policies", *LOCAL).out
    assert f"      on {bucket}\n" in shown


def test_drift_is_told_by_resource_and_property_and_nothing_is_changed(board, names):
    assert "prod is as it was deployed" in board.run("status", "--refresh", *LOCAL).out
    table, function = names["database_notes_table"], names["functions_board_name"]
    dynamodb, lambda_ = board.client("dynamodb"), board.client("lambda")
    off = {"Enabled": False, "AttributeName": "expires"}
    dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=off)
    lambda_.update_function_configuration(FunctionName=function, MemorySize=512)
    queue = {"VisibilityTimeout": "77"}
    board.client("sqs").set_queue_attributes(QueueUrl=names["queues_jobs_url"], Attributes=queue)
    for _ in range(2):  # the first look has changed nothing, the state included
        done = board.run("status", "--refresh", "--json", *LOCAL, code=13)
        found = [(d["name"], d["path"], d["actual"]) for d in done.of("drift")[0]["differences"]]
        assert found == [
            ("database-notes", "ttl", None),
            ("functions-board", "memorySize", 512),
            ("queues-jobs", "visibilityTimeoutSeconds", 77),
        ]
    assert lambda_.get_function_configuration(FunctionName=function)["MemorySize"] == 512
    board.deploy("--refresh")
    assert lambda_.get_function_configuration(FunctionName=function)["MemorySize"] == 256
    board.run("status", "--refresh", *LOCAL)


def test_a_resource_that_is_gone_is_drift(board, names):
    board.client("sqs").delete_queue(QueueUrl=names["queues_jobs_url"])
    done = board.run("status", "--refresh", *LOCAL, code=13)
    assert "queues-jobs" in done.out
    assert "gone" in done.out
    board.deploy("--refresh")
    board.run("status", "--refresh", *LOCAL)


def test_verify_uses_the_backend_as_a_user_and_leaves_nothing(board, names):
    done = board.run("verify", "--json", *LOCAL)
    assert checks(done) == dict.fromkeys(
        (
            "release",
            "front-page",
            "content",
            "deep-link",
            "frontend-ids",
            "sign-up",
            "sign-in",
            "api-public",
            "api-without-token",
            "api-bad-token",
            "api-with-token",
            "storage",
        ),
        True,
    )
    assert done.of("warned") == []
    assert done.of("verified")[0]["environment"] == "prod"
    assert users(board, names) == files(board, names) == identities(board, names) == []


def test_verify_is_red_where_the_api_lets_everybody_in(board, names):
    api = board.client("apigatewayv2")
    (found,) = api.get_apis()["Items"]
    routes = {route["RouteKey"]: route for route in api.get_routes(ApiId=found["ApiId"])["Items"]}
    route = {"ApiId": found["ApiId"], "RouteId": routes["GET /notes"]["RouteId"]}
    api.update_route(**route, AuthorizationType="NONE")
    done = board.run("verify", "--json", *LOCAL, code=7)
    api.update_route(**route, AuthorizationType="JWT", AuthorizerId=routes["GET /notes"]["AuthorizerId"])
    assert [name for name, passed in checks(done).items() if not passed] == [
        "api-without-token",
        "api-bad-token",
    ]
    assert "GET /notes answers 200 without a token" in done.events[-1]["details"][0]
    assert users(board, names) == files(board, names) == []
    board.run("verify", *LOCAL)


def test_verify_is_red_where_a_user_reaches_what_is_somebody_elses(board, names):
    role = next(
        role["name"]
        for role in board.run("resources", "--policies", "--json", *LOCAL).of("policies")[0]["roles"]
        if role["role"] == "auth-authenticated-role"
    )
    everything = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [everything]}
    iam = board.client("iam")
    iam.put_role_policy(RoleName=role, PolicyName="more", PolicyDocument=json.dumps(policy))
    done = board.run("verify", "--json", *LOCAL, code=7)
    iam.delete_role_policy(RoleName=role, PolicyName="more")
    assert [name for name, passed in checks(done).items() if not passed] == ["storage"]
    assert users(board, names) == files(board, names) == []


def test_verify_is_red_where_the_frontend_has_ids_of_another_environment(board, names):
    board.deploy("--branch", "feature")
    (other,) = (
        environment["environment"]
        for environment in board.run("status", "--json", *LOCAL).of("status")[0]["environments"]
        if environment["environment"] != "prod"
    )
    foreign = json.loads(board.run("outputs", "--json", "--env", other, *LOCAL).out)
    assert foreign["auth_user_pool_id"] != names["auth_user_pool_id"]
    board.run("verify", "--env", other, *LOCAL)
    board.replace("amplify.yml", "cp amplify_outputs.json", f"echo {foreign['auth_user_pool_id']} >")
    board.deploy()
    done = board.run("verify", "--json", *LOCAL, code=7)
    assert [name for name, passed in checks(done).items() if not passed] == ["frontend-ids"]
    assert f"auth_user_pool_id of {other}" in done.events[-1]["details"][0]
    board.replace("amplify.yml", f"echo {foreign['auth_user_pool_id']} >", "cp amplify_outputs.json")
    board.deploy()
    board.destroy(other)
    board.run("verify", *LOCAL)


def test_ctrl_c_leaves_nothing_of_the_user(board, names):
    verb = board.begin("verify", *LOCAL)
    verb.until("checked", check="sign-up")
    assert users(board, names) != []
    verb.interrupt()
    assert verb.finish().code == 130
    assert users(board, names) == files(board, names) == identities(board, names) == []


def test_what_would_lose_data_is_refused_with_the_list(board):
    file = board.folder / "amplify.yml"
    before = file.read_text()
    for old, new in (
        ("partition_key: id", "partition_key: other"),
        ("sign_in: [email]", "sign_in: [phone]"),
        ("jobs: {}", "jobs: {fifo: true}"),
        ("storage:\n    files:", "storage:\n    pictures:"),
    ):
        board.replace("amplify.yml", old, new)
    refused = board.deploy(code=9)
    file.write_text(before)
    error = refused.events[-1]
    assert error["code"] == "guard"
    assert sorted(line.split(" (")[0] for line in error["details"]) == [
        "delete storage-files",
        "replace auth-users",
        "replace database-notes",
        "replace queues-jobs",
    ]
    board.run("status", "--refresh", *LOCAL)  # nothing was touched, and it is protected again


def test_what_can_be_changed_in_place_is(board, names):
    board.replace("amplify.yml", "ttl: expires", "ttl: gone_by")
    board.replace("amplify.yml", "jobs: {}", "jobs: {visibility_timeout: 90}")
    board.replace("amplify.yml", "sign_in: [email]", "sign_in: [email]\n    groups: [admin]")
    board.replace("amplify.yml", "      access:", "      versioning: true\n      access:")
    done = board.deploy()
    changed = {e["name"]: e["operation"] for e in done.of("resource-changed") if e["status"] == "done"}
    assert changed["database-notes"] == changed["queues-jobs"] == "update"
    assert "replace" not in changed.values()
    assert "delete" not in changed.values()
    pool = board.client("cognito-idp").list_groups(UserPoolId=names["auth_user_pool_id"])
    assert [group["GroupName"] for group in pool["Groups"]] == ["admin"]
    board.run("verify", *LOCAL)  # versions of its file go as well
    listed = board.client("s3").list_object_versions(Bucket=names["storage_files_bucket"])
    assert "Versions" not in listed
    assert "DeleteMarkers" not in listed


@pytest.mark.parametrize("at", ["auth-users", "functions-board"])
def test_killed_while_provisioning_a_backend_and_finished_by_the_next_deploy(board, at):
    before, there = made(board), ("--branch", "killed")
    verb = board.begin_deploy(*there)
    verb.until("step-started", step="provision")
    verb.until("resource-changed", name=at, status="running")
    assert verb.kill_tree().code == -9
    board.deploy(*there)
    board.run("verify", *there, *LOCAL)
    board.run("status", "--refresh", *there, *LOCAL)
    board.destroy("killed")
    assert made(board) == before  # nothing was made twice


def made(board):
    """What there is of each kind, over all environments."""
    lists = (
        ("dynamodb", "list_tables", "TableNames", {}),
        ("lambda", "list_functions", "Functions", {}),
        ("apigatewayv2", "get_apis", "Items", {}),
        ("iam", "list_roles", "Roles", {}),
        ("logs", "describe_log_groups", "logGroups", {}),
        ("cognito-idp", "list_user_pools", "UserPools", {"MaxResults": 10}),
        ("s3", "list_buckets", "Buckets", {}),
    )
    return {kind: len(getattr(board.client(kind), call)(**asked)[key]) for kind, call, key, asked in lists}
