"""What resolvers ask of tables, against the emulator's own DynamoDB in this process."""

import json

import pytest

ministack = pytest.importorskip("ministack")


@pytest.fixture
def table(monkeypatch, tmp_path):
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    from ministack.services import appsync, dynamodb

    from engine.local.emulator import graphql_tables

    before = appsync._ds_dynamodb_in_region
    graphql_tables.on_tables(appsync)
    keys = [("owner", "HASH"), ("id", "RANGE")]
    status, _, _ = dynamodb._create_table(
        {
            "TableName": "notes",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": n, "AttributeType": "S"} for n, _ in keys],
            "KeySchema": [{"AttributeName": n, "KeyType": k} for n, k in keys],
        }
    )
    assert status == 200
    source = {"dynamodbConfig": {"tableName": "notes"}}
    yield lambda **asked: appsync._ds_dynamodb_in_region("api", source, asked, {})
    appsync._ds_dynamodb_in_region = before
    dynamodb._delete_table({"TableName": "notes"})


def put(table, owner, id, **more):
    return table(operation="PutItem", key={"owner": owner, "id": id}, attributeValues=more)


def mine(owner):
    return {"owner": {"eq": owner}}


def test_a_query_gives_what_it_asks_for_and_nothing_of_others(table):
    assert put(table, "ann", "1", text="a", n=1.5)["n"] == 1.5
    put(table, "bob", "2", text="b")
    found = table(operation="Query", query=mine("ann"))
    assert found["items"] == [{"owner": "ann", "id": "1", "text": "a", "n": 1.5}]
    assert table(operation="Query", query=mine("eve"))["items"] == []
    assert len(table(operation="Scan")["items"]) == 2
    assert table(operation="Scan", filter={"text": {"eq": "b"}})["items"][0]["id"] == "2"


def test_pages_follow_one_another(table):
    for id in "123":
        put(table, "ann", id)
    first = table(operation="Query", query=mine("ann"), limit=2)
    rest = table(operation="Query", query=mine("ann"), nextToken=first["nextToken"])
    assert [item["id"] for item in (*first["items"], *rest["items"])] == ["1", "2", "3"]
    assert rest["nextToken"] is None


def test_expressions_may_be_written_out_with_typed_values(table):
    put(table, "ann", "1")
    query = {
        "expression": "#o = :o",
        "expressionNames": {"#o": "owner"},
        "expressionValues": {":o": {"S": "ann"}},
    }
    assert len(table(operation="Query", query=query)["items"]) == 1


def test_an_update_changes_and_a_condition_guards(table):
    from ministack.services import appsync

    put(table, "ann", "1", count=1)
    key = {"owner": "ann", "id": "1"}
    change = {"count": {"__op": "increment", "by": 2}}
    assert table(operation="UpdateItem", key=key, update=change)["count"] == 3
    with pytest.raises(appsync._AppSyncResolverError) as error:
        table(operation="UpdateItem", key=key, update=change, condition={"count": {"eq": 7}})
    assert error.value.error_type == "DynamoDB:ConditionalCheckFailedException"
    assert table(operation="GetItem", key=key)["count"] == 3
    assert table(operation="DeleteItem", key=key)["count"] == 3
    assert table(operation="GetItem", key=key) is None


def test_what_is_not_known_here_is_said(table):
    from ministack.services import appsync

    with pytest.raises(appsync._AppSyncResolverError, match="BatchGetItem"):
        table(operation="BatchGetItem")
    assert json.dumps(table(operation="Scan")["items"]) == "[]"
