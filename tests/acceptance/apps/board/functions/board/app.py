"""Notes over HTTP; called by hand, it does what the event asks for."""

import json
import os

import boto3

TABLE = os.environ["DATABASE_NOTES_TABLE"]


def handler(event, context):
    if "routeKey" in event:
        return {"statusCode": 200, "body": json.dumps({"route": event["routeKey"]})}
    return DEEDS[event.get("do", "say")](event)


def say(event):
    text = event.get("text", "hello")
    print(text)
    return {"said": text}


def fail(event):
    raise KeyError(event.get("text", "nothing"))


def read(event):
    return boto3.resource("dynamodb").Table(TABLE).scan()["Items"]


def write(event):
    boto3.resource("dynamodb").Table(TABLE).put_item(Item={"id": "1"})


def list_buckets(event):
    return boto3.client("s3").list_buckets()["Buckets"]


DEEDS = {"say": say, "fail": fail, "read": read, "write": write, "list_buckets": list_buckets}
