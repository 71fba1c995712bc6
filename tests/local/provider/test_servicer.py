"""The protocol, without gRPC: messages in, messages out, an abort is an exception."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from engine.local.provider.servicer import Provider
from engine.local.provider.values import UNKNOWN, from_struct, to_struct

STORE = "urn:pulumi:prod::shop::pulumi:pulumi:Stack$aws:cloudfront/keyValueStore:KeyValueStore::edge-store"
BUCKET = "urn:pulumi:prod::shop::aws:s3/bucket:Bucket::site-bucket"
STORE_ANSWER = {
    "ETag": "e1",
    "KeyValueStore": {
        "Name": "shop",
        "Comment": "c",
        "ARN": "arn:kvs",
        "LastModifiedTime": datetime(2026, 1, 1, tzinfo=UTC),
    },
}
TAGS_ANSWER = {"Tags": {"Items": [{"Key": "a", "Value": "1"}]}}


class AbortedError(Exception):
    def __init__(self, code: Any, details: str, metadata: Any = ()) -> None:
        super().__init__(details)
        self.code, self.metadata = code, dict(metadata)


class Context:
    def abort(self, code: grpc.StatusCode, details: str) -> None:
        raise AbortedError(code, details)

    def abort_with_status(self, status: grpc.Status) -> None:
        raise AbortedError(status.code, status.details, status.trailing_metadata)


CONTEXT = Context()


def _check(provider: Provider, urn: str, new: dict[str, Any], old: dict[str, Any] | None = None) -> Any:
    request = provider_pb2.CheckRequest(
        urn=urn, news=to_struct(new), olds=to_struct(old or {}), randomSeed=b"\x01\x02\x03\x04"
    )
    return provider.Check(request, CONTEXT)


def _store(fake: Any, **answers: Any) -> Any:
    return fake(
        **{"describe_key_value_store": STORE_ANSWER, "list_tags_for_resource": TAGS_ANSWER, **answers}
    )


def test_check_refuses_an_unknown_type_and_an_unknown_input(cloud_of: Any) -> None:
    provider = Provider(cloud_of())
    answer = _check(provider, BUCKET.replace("s3/bucket:Bucket", "s3/bucketV2:BucketV2"), {})
    assert 'does not have the type aws:s3/bucketV2:BucketV2; did you mean "aws:s3/bucket:Bucket"?' in (
        answer.failures[0].reason
    )
    answer = _check(provider, BUCKET, {"bucket": "abc", "force_destroy": True})
    assert [one.property for one in answer.failures] == ["force_destroy"]
    assert "forceDestroy" in answer.failures[0].reason


def test_check_fills_in_name_region_and_default_tags(cloud_of: Any) -> None:
    provider = Provider(cloud_of())
    assert from_struct(_check(provider, BUCKET, {}).inputs) == {
        "bucket": "site-bucket-0102030",
        "__defaults": ["bucket"],
        "region": "us-east-1",
    }
    config = {"region": "eu-west-1", "defaultTags": json.dumps({"tags": {"owner": "me"}}), "version": "7.0.0"}
    assert not provider.CheckConfig(provider_pb2.CheckRequest(news=to_struct(config)), CONTEXT).failures
    provider.Configure(provider_pb2.ConfigureRequest(args=to_struct(config)), CONTEXT)
    assert from_struct(_check(provider, BUCKET, {"bucket": "abc"}).inputs) == {
        "bucket": "abc",
        "region": "eu-west-1",
        "__defaultTags": {"owner": "me"},
    }


def test_an_unknown_provider_input_is_refused(cloud_of: Any) -> None:
    request = provider_pb2.CheckRequest(news=to_struct({"regoin": "eu-west-1"}))
    answer = Provider(cloud_of()).CheckConfig(request, CONTEXT)
    assert answer.failures[0].reason == 'unknown provider input "regoin"; did you mean "region"?'


def test_diff_compares_inputs_and_says_what_it_takes(cloud_of: Any) -> None:
    request = provider_pb2.DiffRequest(
        urn=STORE,
        olds=to_struct({"name": "shop", "etag": "e", "comment": "not this one"}),
        old_inputs=to_struct({"name": "shop", "comment": "a"}),
        news=to_struct({"name": "new", "comment": "b", "tags": {"x": "y"}}),
        ignoreChanges=["tags"],
    )
    answer = Provider(cloud_of()).Diff(request, CONTEXT)
    assert answer.changes == provider_pb2.DiffResponse.DIFF_SOME
    assert (list(answer.replaces), sorted(answer.diffs)) == (["name"], ["comment", "name"])
    kind = provider_pb2.PropertyDiff
    assert {path: one.kind for path, one in answer.detailedDiff.items()} == {
        "name": kind.UPDATE_REPLACE,
        "comment": kind.UPDATE,
    }
    assert not answer.deleteBeforeReplace


def test_a_preview_asks_aws_nothing_and_leaves_outputs_unknown(cloud_of: Any) -> None:
    provider = Provider(cloud_of())
    inputs = to_struct({"name": "shop", "tags": {"a": "1"}, "__defaultTags": {"b": "2"}})
    made = provider.Create(provider_pb2.CreateRequest(urn=STORE, properties=inputs, preview=True), CONTEXT)
    assert from_struct(made.properties) == {
        "name": "shop",
        "tags": {"a": "1"},
        "tagsAll": {"a": "1", "b": "2"},
        "arn": UNKNOWN,
        "etag": UNKNOWN,
        "lastModifiedTime": UNKNOWN,
    }
    olds = to_struct({"arn": "arn:kvs", "etag": "e1", "comment": "gone"})
    request = provider_pb2.UpdateRequest(urn=STORE, olds=olds, news=to_struct({"name": "shop"}), preview=True)
    changed = from_struct(provider.Update(request, CONTEXT).properties)
    assert (changed["arn"], changed["etag"], changed.get("comment")) == ("arn:kvs", UNKNOWN, None)


def test_create_answers_id_and_outputs_and_empties_a_store_that_is_not_new(fake: Any, cloud_of: Any) -> None:
    pages = iter([{"Items": [{"Key": "live"}]}, {"Items": []}])
    data = fake(list_keys=lambda **_: next(pages), describe_key_value_store={"ETag": "k1"})
    cloudfront = _store(fake)
    cloud = cloud_of(cloudfront=cloudfront, cloudfront_keyvaluestore=data)
    request = provider_pb2.CreateRequest(
        urn=STORE, properties=to_struct({"name": "shop", "tags": {"a": "1"}})
    )
    answer = Provider(cloud).Create(request, CONTEXT)
    assert answer.id == "shop"
    assert from_struct(answer.properties)["arn"] == "arn:kvs"
    assert cloudfront.asked("create_key_value_store")[0]["Tags"] == {"Items": [{"Key": "a", "Value": "1"}]}
    assert data.asked("update_keys") == [{"KvsARN": "arn:kvs", "IfMatch": "k1", "Deletes": [{"Key": "live"}]}]


def test_a_refused_creation_names_resource_operation_code_and_message(
    fake: Any, cloud_of: Any, refuse: Any
) -> None:
    error = refuse("CreateKeyValueStore", "EntityAlreadyExists", "it is there")
    cloud = cloud_of(cloudfront=fake(create_key_value_store=error))
    request = provider_pb2.CreateRequest(urn=STORE, properties=to_struct({"name": "shop"}))
    with pytest.raises(AbortedError) as aborted:
        Provider(cloud).Create(request, CONTEXT)
    assert str(aborted.value) == (
        "aws:cloudfront/keyValueStore:KeyValueStore edge-store: "
        "CreateKeyValueStore: EntityAlreadyExists: it is there"
    )


def test_a_service_that_the_emulator_lacks_is_told(fake: Any, cloud_of: Any, refuse: Any) -> None:
    cloud = cloud_of(sts=fake(get_caller_identity=refuse("GetCallerIdentity", "400", "")))
    request = provider_pb2.InvokeRequest(tok="aws:index/getCallerIdentity:getCallerIdentity")
    with pytest.raises(AbortedError, match="does not support this call"):
        Provider(cloud).Invoke(request, CONTEXT)


def test_a_half_made_resource_is_told_with_its_id(fake: Any, cloud_of: Any, refuse: Any) -> None:
    s3 = fake(
        head_bucket=refuse("HeadBucket", "404", status=404),
        delete_bucket_tagging=refuse("DeleteBucketTagging", "AccessDenied", status=403),
    )
    request = provider_pb2.CreateRequest(
        urn=BUCKET, properties=to_struct({"bucket": "b", "region": "us-east-1"})
    )
    with pytest.raises(AbortedError) as aborted:
        Provider(cloud_of(s3=s3)).Create(request, CONTEXT)
    status = status_pb2.Status.FromString(aborted.value.metadata["grpc-status-details-bin"])
    failed = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(failed)
    assert failed.id == "b"
    assert list(failed.reasons) == ["DeleteBucketTagging: AccessDenied: no"]
    assert from_struct(failed.inputs)["bucket"] == "b"


def test_read_keeps_inputs_that_hold_and_tells_those_that_do_not(fake: Any, cloud_of: Any) -> None:
    known = {"name": "shop", "comment": "mine", "tags": {"a": "1"}, "__defaults": ["name"]}
    request = provider_pb2.ReadRequest(urn=STORE, id="shop", inputs=to_struct(known))
    answer = Provider(cloud_of(cloudfront=_store(fake))).Read(request, CONTEXT)
    assert from_struct(answer.inputs) == {**known, "comment": "c"}
    assert from_struct(answer.properties)["comment"] == "c"
    assert "__defaults" not in from_struct(answer.properties)


def test_default_tags_are_none_of_the_resources_own(fake: Any, cloud_of: Any) -> None:
    listed = {"Tags": {"Items": [{"Key": "team", "Value": "web"}, {"Key": "x", "Value": "outside"}]}}
    known = {"name": "shop", "comment": "c", "__defaultTags": {"team": "web", "cost": "1"}}
    request = provider_pb2.ReadRequest(urn=STORE, id="shop", inputs=to_struct(known))
    provider = Provider(cloud_of(cloudfront=_store(fake, list_tags_for_resource=listed)))
    inputs = from_struct(provider.Read(request, CONTEXT).inputs)
    assert (inputs["tags"], inputs["__defaultTags"]) == ({"x": "outside"}, {"team": "web"})


def test_what_is_gone_reads_as_no_id_and_deletes_without_error(fake: Any, cloud_of: Any, refuse: Any) -> None:
    gone = refuse("DescribeKeyValueStore", "EntityNotFound", status=404)
    provider = Provider(cloud_of(cloudfront=fake(describe_key_value_store=gone)))
    assert provider.Read(provider_pb2.ReadRequest(urn=STORE, id="shop"), CONTEXT).id == ""
    provider.Delete(provider_pb2.DeleteRequest(urn=STORE, id="shop"), CONTEXT)


def test_a_refused_deletion_is_an_error(fake: Any, cloud_of: Any, refuse: Any) -> None:
    s3 = fake(delete_bucket=refuse("DeleteBucket", "BucketNotEmpty", status=409))
    request = provider_pb2.DeleteRequest(urn=BUCKET, id="b", properties=to_struct({"forceDestroy": False}))
    with pytest.raises(AbortedError, match="site-bucket: DeleteBucket: BucketNotEmpty"):
        Provider(cloud_of(s3=s3)).Delete(request, CONTEXT)
    assert [name for name, _ in s3.calls] == ["delete_bucket"]


def test_an_unknown_function_is_refused(cloud_of: Any) -> None:
    with pytest.raises(AbortedError) as aborted:
        Provider(cloud_of()).Invoke(
            provider_pb2.InvokeRequest(tok="aws:index/getRegions:getRegions"), CONTEXT
        )
    assert aborted.value.code == grpc.StatusCode.UNIMPLEMENTED


def test_the_schema_names_every_type(cloud_of: Any) -> None:
    answer = Provider(cloud_of()).GetSchema(provider_pb2.GetSchemaRequest(), CONTEXT)
    described = json.loads(answer.schema)
    assert described["name"] == "aws"
    assert described["resources"]["aws:s3/bucket:Bucket"]["inputProperties"]["forceDestroy"] == {
        "type": "boolean"
    }
