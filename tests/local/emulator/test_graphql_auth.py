"""Who may ask what of AppSync on this machine."""

import base64
import json

import pytest

from engine.local.emulator.graphql_auth import Caller, allowed, claims_of, is_taken

POOLS = "AMAZON_COGNITO_USER_POOLS"
LATER = 4_102_444_800  # in 2100
SDL = """
type Query {
  all: String
  public: String @aws_api_key
  both: String @aws_api_key @aws_cognito_user_pools
  admins: String @aws_cognito_user_pools(cognito_groups: ["admin"])
}
type Open @aws_api_key { name: String, own: String @aws_iam }
schema { query: Query }
"""


def token(**claims):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    good = {"iss": "https://cognito-idp.us-east-1.amazonaws.com/pool_1", "exp": LATER, "sub": "s"}
    return f"{part({'kid': 'k'})}.{part({**good, **claims})}.signature"


def claims(text, valid=True):
    keys = {"pool_1": [{"kid": "k"}]}
    return claims_of(text, lambda pool: keys.get(pool, []), lambda *_: valid)


def test_a_good_token_counts():
    assert claims(token())["sub"] == "s"


@pytest.mark.parametrize(
    "bad",
    ["", "a.b", "a.b.c", "....", token(exp=1), token(iss="https://other/pool_2"), token(iss=3)],
)
def test_a_bad_token_does_not(bad):
    assert claims(bad) is None


def test_a_signature_that_is_not_the_pools_does_not():
    assert claims(token(), valid=False) is None


def test_the_pool_and_the_client_must_be_those_of_the_api():
    api = {"userPoolConfig": {"userPoolId": "pool_1", "appIdClientRegex": "web"}}
    issuer = "https://cognito-idp.us-east-1.amazonaws.com/pool_1"
    assert is_taken(api, {"iss": issuer, "aud": "web"})
    assert is_taken({"additionalAuthenticationProviders": [api]}, {"iss": issuer, "client_id": "web"})
    assert not is_taken(api, {"iss": issuer, "aud": "website"})
    assert not is_taken(api, {"iss": issuer.replace("_1", "_2"), "aud": "web"})
    assert not is_taken({}, {"iss": issuer})


@pytest.mark.parametrize(
    ("caller", "field", "may"),
    [
        (Caller(POOLS), "Query.all", True),  # the default
        (Caller("API_KEY"), "Query.all", False),
        (Caller("API_KEY"), "Query.public", True),
        (Caller(POOLS), "Query.public", False),
        (Caller(POOLS), "Query.both", True),
        (Caller(POOLS), "Query.admins", False),
        (Caller(POOLS, ("staff", "admin")), "Query.admins", True),
        (Caller("API_KEY"), "Open.name", True),  # of its type
        (Caller("API_KEY"), "Open.own", False),
        (Caller("AWS_IAM"), "Open.own", True),
        (Caller(POOLS), "Nowhere.field", True),
    ],
)
def test_a_field_is_for_whom_its_directives_name(caller, field, may):
    assert allowed(SDL, POOLS, caller)(*field.split(".")) is may
