"""``aws:s3/bucketCorsConfiguration:BucketCorsConfiguration``.

https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketcorsconfiguration/ . The id is the bucket's
name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.fields import block, items, text, whole
from engine.local.provider.plain import from_plain, to_plain
from engine.local.provider.resources.bucket_part import bucket_part

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_RULE = {
    "id": text(limit=255, api="ID"),
    "allowedMethods": items(text(), required=True),
    "allowedOrigins": items(text(), required=True),
    "allowedHeaders": items(text()),
    "exposeHeaders": items(text()),
    "maxAgeSeconds": whole(),
}
_RULES = {"corsRules": items(block(_RULE), required=True, api="CORSRules")}


def _write(cloud: Cloud, name: str, inputs: Values) -> None:
    cloud.s3(inputs).put_bucket_cors(Bucket=name, CORSConfiguration=to_plain(_RULES, inputs))


def _read(cloud: Cloud, name: str, inputs: Values) -> Values:
    return from_plain(_RULES, cloud.s3(inputs).get_bucket_cors(Bucket=name))


def _delete(cloud: Cloud, name: str, inputs: Values) -> None:
    cloud.s3(inputs).delete_bucket_cors(Bucket=name)


BUCKET_CORS = bucket_part("BucketCorsConfiguration", _RULES, write=_write, read=_read, delete=_delete)
