from engine.local.provider.naming import MADE_UP, Naming, must_go_first, with_names
from engine.local.provider.resources import RESOURCES
from engine.local.provider.values import UNKNOWN

BUCKET = RESOURCES["aws:s3/bucket:Bucket"]
OBJECT = RESOURCES["aws:s3/bucketObjectv2:BucketObjectv2"]
DISTRIBUTION = RESOURCES["aws:cloudfront/distribution:Distribution"]
NAMING = Naming("data", seed=bytes.fromhex("0123456789"))


def test_a_missing_name_is_made_up_once() -> None:
    made, wrong = with_names(BUCKET, {}, {}, NAMING)
    assert (made, wrong) == ({"bucket": "data-0123456", MADE_UP: ["bucket"]}, [])
    again, _ = with_names(BUCKET, made, {}, Naming("data", seed=b"another"))
    assert again == made


def test_a_name_that_was_given_before_is_not_kept() -> None:
    made, _ = with_names(BUCKET, {"bucket": "mine"}, {}, NAMING)
    assert made["bucket"] == "data-0123456"


def test_the_wish_of_the_engine_is_followed() -> None:
    assert with_names(BUCKET, {}, {}, Naming("data", proposal="x-data"))[0]["bucket"] == "x-data"
    _, wrong = with_names(BUCKET, {}, {}, Naming("data", allowed=False))
    assert [one.property for one in wrong] == ["bucket"]


def test_only_a_fixed_name_that_stays_is_in_the_way_of_its_replacement() -> None:
    assert must_go_first(BUCKET, {"bucket": "a"}, {"bucket": "a", "region": "eu-west-1"})
    assert not must_go_first(BUCKET, {"bucket": "a"}, {"bucket": "b"})
    assert not must_go_first(BUCKET, {"bucket": "a"}, {"bucket": "a", MADE_UP: ["bucket"]})
    assert not must_go_first(BUCKET, {"bucket": UNKNOWN}, {"bucket": UNKNOWN})
    assert not must_go_first(OBJECT, {"bucket": "a", "key": "k"}, {"bucket": "a", "key": "l"})
    assert not must_go_first(DISTRIBUTION, {}, {})
