"""The notes of who asks: the API has checked the token, its `sub` is the owner."""

import json
import os
import uuid

import boto3
from boto3.dynamodb.conditions import Key

table = boto3.resource("dynamodb").Table(os.environ["DATABASE_NOTES_TABLE"])


def handler(event, context):
    answer = ROUTES[event["routeKey"]]
    status, body = answer(event)
    return {
        "statusCode": status,
        "headers": {"content-type": "application/json"},
        "body": json.dumps(body),
    }


def health(event):
    return 200, {"status": "ok", "environment": os.environ["WINDLASS_ENVIRONMENT"]}


def list_notes(event):
    found = table.query(KeyConditionExpression=Key("owner").eq(owner_of(event)))
    return 200, found["Items"]


def create_note(event):
    text = json.loads(event.get("body") or "{}").get("text", "")
    if not text:
        return 400, {"message": "a note has a text"}
    note = {"owner": owner_of(event), "id": str(uuid.uuid4()), "text": text}
    table.put_item(Item=note)
    return 201, note


def get_note(event):
    wanted = Key("id").eq(event["pathParameters"]["id"])
    found = table.query(IndexName="by-id", KeyConditionExpression=wanted)["Items"]
    if not found:
        return 404, {"message": "there is no such note"}
    if found[0]["owner"] != owner_of(event):
        return 403, {"message": "this is another user's note"}
    return 200, found[0]


def owner_of(event):
    return event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]


ROUTES = {
    "GET /health": health,
    "GET /notes": list_notes,
    "POST /notes": create_note,
    "GET /notes/{id}": get_note,
}
