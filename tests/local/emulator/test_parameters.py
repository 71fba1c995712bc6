"""A role that may read some parameters may not read others in the same call."""

import json

from engine.local.emulator.parameters import allowing_each, naming_each

HEADERS = {"x-amz-target": "AmazonSSM.GetParameters"}
PLACE = "arn:aws:ssm:us-east-1:000000000000:parameter"


def resource(body, service="ssm", headers=HEADERS):
    extract = naming_each(lambda *asked: "theirs")
    return extract(service, "POST", "/", headers, body, {}, "us-east-1", "000000000000")


def denied(resources, allowed, action="ssm:GetParameters"):
    asked = []

    def enforce(key, action, service, region, resource_arn, service_context):
        asked.append(resource_arn)
        return None if resource_arn in allowed else f"no {resource_arn}"

    return allowing_each(enforce)("key", action, "ssm", "us-east-1", resource_arn=resources), asked


def test_each_that_is_named_must_be_allowed():
    names = resource(json.dumps({"Names": ["/a/b", "c"]}).encode())
    one, two = f"{PLACE}/a/b", f"{PLACE}/c"
    assert denied(names, {one, two}) == (None, [one, two])
    assert denied(names, {one})[0] == f"no {two}"


def test_what_names_none_and_other_calls_are_as_they_were():
    assert resource(b"{}") == resource(b"[]") == resource(b"no json") == "*"
    assert resource(b"{}", headers={}) == resource(b"{}", service="s3") == "theirs"
    assert denied("a\nb", {"a\nb"}, "s3:GetObject") == (None, ["a\nb"])
