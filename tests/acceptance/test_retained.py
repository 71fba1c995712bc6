"""Data that a policy retains outlives its environment, comes back with it, and goes when it is said."""

import json

import pytest

pytestmark = pytest.mark.acceptance

SPEC = """version: 1
app: {app}
backend:
  auth: {{groups: [admin]}}
  database: {{notes: {{partition_key: owner}}}}
  storage: {{files: {{}}}}
  queues: {{jobs: {{}}}}
frontend:
  artifacts: {{baseDirectory: public}}
"""
ITEM = {"owner": {"S": "ann"}}


@pytest.fixture
def shop(make_project):
    project = make_project()
    project.write("amplify.yml", SPEC.format(app=project.folder.name))
    project.commit()
    return project


def outputs(project):
    return json.loads(project.run("outputs", "--target", "local", "--env", "prod", "--json").out)


def filled(project, names):
    pool = names["auth_user_pool_id"]
    project.client("dynamodb").put_item(TableName=names["database_notes_table"], Item=ITEM)
    project.client("s3").put_object(Bucket=names["storage_files_bucket"], Key="a.txt", Body=b"mine")
    project.client("sqs").send_message(QueueUrl=names["queues_jobs_url"], MessageBody="work")
    users = project.client("cognito-idp")
    users.admin_create_user(UserPoolId=pool, Username="ann@example.com", MessageAction="SUPPRESS")
    users.admin_add_user_to_group(UserPoolId=pool, Username="ann@example.com", GroupName="admin")


def assert_filled(project, names):
    found = project.client("dynamodb").get_item(TableName=names["database_notes_table"], Key=ITEM)
    assert found["Item"] == ITEM
    file = project.client("s3").get_object(Bucket=names["storage_files_bucket"], Key="a.txt")
    assert file["Body"].read() == b"mine"
    pool = {"UserPoolId": names["auth_user_pool_id"], "GroupName": "admin"}
    assert len(project.client("cognito-idp").list_users_in_group(**pool)["Users"]) == 1
    waiting = project.client("sqs").get_queue_attributes(
        QueueUrl=names["queues_jobs_url"], AttributeNames=["ApproximateNumberOfMessages"]
    )
    assert waiting["Attributes"]["ApproximateNumberOfMessages"] == "1"


def data(project):
    pools = project.client("cognito-idp").list_user_pools(MaxResults=10)["UserPools"]
    identities = project.client("cognito-identity").list_identity_pools(MaxResults=10)["IdentityPools"]
    tables = project.client("dynamodb").list_tables()["TableNames"]
    queues = project.client("sqs").list_queues().get("QueueUrls", [])
    return [*pools, *identities, *tables, *queues, *project.client("s3").list_buckets()["Buckets"]]


def test_it_comes_back_and_goes_only_by_name(shop):
    shop.deploy()
    before = outputs(shop)
    filled(shop, before)
    (warned,) = [one for one in shop.destroy().of("warned") if "kept" in one["message"]]
    assert "--delete-data" in warned["hint"]
    assert shop.left_in_state() == []
    assert len(data(shop)) == 5

    foreign_is_refused(shop, before["database_notes_table"])
    shop.deploy()
    after = outputs(shop)
    assert all(
        after[name] == before[name] for name in before if name.startswith(("auth_user_pool_id", "data"))
    )
    assert after["auth_identity_pool_id"] == before["auth_identity_pool_id"]
    assert_filled(shop, after)

    shop.destroy()
    assert len(data(shop)) == 5
    shop.run("destroy", "--target", "local", "--env", "prod", "--delete-data", code=2)
    shop.destroy("prod", "--delete-data", "--yes")
    assert data(shop) == []
    assert shop.left() == []


def foreign_is_refused(shop, table):
    dynamodb = shop.client("dynamodb")
    arn = dynamodb.describe_table(TableName=table)["Table"]["TableArn"]
    for environment, code in (("other", 9), ("prod", 0)):
        dynamodb.tag_resource(ResourceArn=arn, Tags=[{"Key": "windlass:environment", "Value": environment}])
        if code:
            done = shop.deploy(code=code)
            assert f"database-notes ({table}): it is of {shop.folder.name} other" in done.out


def test_what_is_there_is_deleted_with_its_data(shop):
    shop.deploy()
    filled(shop, outputs(shop))
    shop.destroy("prod", "--delete-data", "--yes")
    assert data(shop) == []
    assert shop.left() == []
