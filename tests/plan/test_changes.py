"""The guard: what holds data is not lost by a deployment that nobody allowed to."""

import pytest

from engine.errors import GuardError
from engine.plan.changes import Change, guard

BUCKET = "aws:s3/bucket:Bucket"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"


def change(operation, type=BUCKET):
    return Change(operation, type, "site-bucket", "urn", ("bucket",))


@pytest.mark.parametrize("operation", ["replace", "delete"])
def test_losing_data_is_refused_with_the_list(operation):
    with pytest.raises(GuardError) as error:
        guard((change("create"), change(operation)), allow_replace=False)
    assert error.value.details == (f"{operation} site-bucket ({BUCKET}) bucket",)
    assert "--allow-replace" in error.value.hint


def test_it_may_be_allowed():
    guard((change("replace"), change("delete")), allow_replace=True)


@pytest.mark.parametrize("harmless", [change("update"), change("create"), change("replace", POLICY)])
def test_the_rest_passes(harmless):
    guard((harmless,), allow_replace=False)
