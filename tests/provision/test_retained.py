"""What an earlier environment left behind is taken only where its tags say that it is this one's."""

import pytest
from botocore.exceptions import ClientError

from engine.errors import GuardError
from engine.provision import find as finder
from engine.provision import retained as module
from engine.provision.retained import Planned, retained
from engine.target import Target

MINE = {"windlass:app": "shop", "windlass:environment": "prod"}
POOLS = [{"Id": "us-east-1_a", "Name": "other"}, {"Id": "us-east-1_b", "Name": "users"}]


class Aws:
    """A bucket, a queue, two user pools with a group, with these tags."""

    def __init__(self, tags):
        self.tags = tags

    def head_bucket(self, Bucket):  # noqa: N803
        return {}

    def get_bucket_tagging(self, Bucket):  # noqa: N803
        if not self.tags:
            raise ClientError({"Error": {"Code": "NoSuchTagSet"}}, "GetBucketTagging")
        return {"TagSet": [{"Key": key, "Value": value} for key, value in self.tags.items()]}

    def get_queue_url(self, QueueName):  # noqa: N803
        return {"QueueUrl": f"https://sqs/{QueueName}"}

    def list_queue_tags(self, QueueUrl):  # noqa: N803
        return {"Tags": self.tags} if self.tags else {}

    def get_paginator(self, operation):
        pages = [{"UserPools": POOLS[:1]}, {"UserPools": POOLS[1:]}]
        return type("Pages", (), {"paginate": lambda self, **asked: pages})()

    def describe_user_pool(self, UserPoolId):  # noqa: N803
        return {"UserPool": {"UserPoolTags": self.tags}}

    def get_group(self, UserPoolId, GroupName):  # noqa: N803
        return {}


@pytest.fixture
def look(monkeypatch):
    def looked(kind, tags, **inputs):
        for place in (module, finder):
            monkeypatch.setattr(place, "client", lambda target, service: Aws(tags))
        one = Planned("urn", kind, "thing", "", "", inputs)
        return [found.id for found in retained(Target("aws"), [one], {**MINE, "windlass:commit": "new"})]

    return looked


KINDS = [
    ("aws:s3/bucket:Bucket", {"bucket": "files"}, "files"),
    ("aws:sqs/queue:Queue", {"name": "jobs"}, "https://sqs/jobs"),
    ("aws:cognito/userPool:UserPool", {"name": "users"}, "us-east-1_b"),
]


@pytest.mark.parametrize(("kind", "inputs", "identity"), KINDS)
def test_its_own_is_found(look, kind, inputs, identity):
    assert look(kind, {**MINE, "windlass:commit": "old"}, **inputs) == [identity]


@pytest.mark.parametrize(("kind", "inputs", "identity"), KINDS)
@pytest.mark.parametrize(
    ("tags", "said"), [({}, "do not say"), ({**MINE, "windlass:environment": "dev"}, "shop dev")]
)
def test_anothers_is_refused(look, kind, inputs, identity, tags, said):
    with pytest.raises(GuardError) as caught:
        look(kind, tags, **inputs)
    assert identity in caught.value.details[0]
    assert said in caught.value.details[0]


def test_what_is_not_there_or_holds_no_data_is_made(look):
    assert look("aws:cognito/userPool:UserPool", MINE, name="new") == []
    assert look("aws:iam/role:Role", MINE, name="role") == []


def test_a_group_is_looked_for_once_its_pool_is_known(look):
    kind, unknown = "aws:cognito/userGroup:UserGroup", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    assert look(kind, {}, userPoolId="us-east-1_b", name="admin") == ["us-east-1_b/admin"]
    assert look(kind, {}, userPoolId=unknown, name="admin") == []
