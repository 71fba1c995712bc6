"""``aws:s3/bucketNotification:BucketNotification``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketnotification/ . The id is the bucket's name:
S3 keeps one document of notifications for each bucket, so another bucket is another resource.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.local.provider.fields import REGION, block, items, text
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values


def _create(cloud: Cloud, inputs: Values) -> str:
    _update(cloud, inputs["bucket"], inputs)
    return str(inputs["bucket"])


def _update(cloud: Cloud, name: str, inputs: Values) -> None:
    functions = [_to_api(one) for one in inputs.get("lambdaFunctions") or ()]
    cloud.s3(inputs).put_bucket_notification_configuration(
        Bucket=name, NotificationConfiguration={"LambdaFunctionConfigurations": functions}
    )


def _to_api(one: Values) -> Values:
    wanted = {"prefix": one.get("filterPrefix"), "suffix": one.get("filterSuffix")}
    rules = [{"Name": name, "Value": value} for name, value in wanted.items() if value]
    return {
        "LambdaFunctionArn": one["lambdaFunctionArn"],
        "Events": one["events"],
        **({"Id": one["id"]} if one.get("id") else {}),
        **({"Filter": {"Key": {"FilterRules": rules}}} if rules else {}),
    }


def _read(cloud: Cloud, name: str, inputs: Values) -> Found:
    there = cloud.s3(inputs).get_bucket_notification_configuration(Bucket=name)
    functions = [_from_api(one) for one in there.get("LambdaFunctionConfigurations") or ()]
    return Found({"bucket": name, "lambdaFunctions": functions}, {})


def _from_api(one: Any) -> Values:
    rules = one.get("Filter", {}).get("Key", {}).get("FilterRules", ())
    wanted = {rule["Name"].lower(): rule["Value"] for rule in rules}
    return {
        "lambdaFunctionArn": one["LambdaFunctionArn"],
        "events": one["Events"],
        "filterPrefix": wanted.get("prefix"),
        "filterSuffix": wanted.get("suffix"),
    }


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    cloud.s3(inputs).put_bucket_notification_configuration(Bucket=name, NotificationConfiguration={})


BUCKET_NOTIFICATION = Resource(
    type="aws:s3/bucketNotification:BucketNotification",
    inputs={
        "bucket": text(required=True, replaces=True, unique=True),
        "lambdaFunctions": items(
            block(
                {
                    "id": text(local=True),
                    "lambdaFunctionArn": text(),
                    "events": items(text(), required=True),
                    "filterPrefix": text(),
                    "filterSuffix": text(),
                }
            )
        ),
        **REGION,
    },
    outputs=(),
    stable=(),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
