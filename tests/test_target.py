"""Clients and stores of a target: their own session, their own credentials."""

from engine.target import LOCAL_ACCOUNT, Target, client, session

LOCAL = Target("local", endpoint="http://127.0.0.1:4610")


def test_the_credentials_given_are_used_and_not_shown():
    keys = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "hush"}
    target = Target("aws", "eu-west-1", credentials=keys)
    assert session(target).get_credentials().secret_key == "hush"
    assert session(target).region_name == "eu-west-1"
    assert "hush" not in repr(target)


def test_two_targets_share_no_session():
    first, second = (Target("aws", credentials=_keys(name)) for name in ("one", "two"))
    found = [session(target).get_credentials().access_key for target in (first, second)]
    assert found == ["one", "two"]


def test_the_embedded_aws_never_sees_real_credentials():
    target = Target("local", endpoint="http://127.0.0.1:4610", credentials=_keys("real"))
    assert session(target).get_credentials().access_key == "test"
    assert client(target, "s3").meta.endpoint_url == "http://127.0.0.1:4610"


def test_the_port():
    assert LOCAL.port == 4610
    assert Target("aws").port == 0


def test_the_key_value_store_is_asked_at_the_endpoint_itself():
    seen = []
    values = client(LOCAL, "cloudfront-keyvaluestore")
    values.meta.events.register_last("before-send.*", lambda request, **_: seen.append(request) or _answer())
    arn = f"arn:aws:cloudfront::{LOCAL_ACCOUNT}:key-value-store/store"
    values.get_key(KvsARN=arn, Key="live")
    assert seen[0].url.startswith("http://127.0.0.1:4610/")
    assert "Host" not in seen[0].headers or seen[0].headers["Host"].decode() == "127.0.0.1:4610"


def _keys(name):
    return {"AWS_ACCESS_KEY_ID": name, "AWS_SECRET_ACCESS_KEY": "x"}


def _answer():
    from io import BytesIO

    from botocore.awsrequest import AWSResponse

    class Raw(BytesIO):
        def stream(self, **_):
            yield self.read()

    body = b'{"Key": "live", "Value": "{}", "ItemCount": 1, "TotalSizeInBytes": 1}'
    return AWSResponse("http://127.0.0.1", 200, {"content-type": "application/json"}, Raw(body))
