"""``amplify_outputs.json``: what the client reads, and nothing that the schema does not know."""

import pytest

from engine.link.amplify_outputs import amplify_outputs
from engine.spec.backend.backend import Backend

OUTPUTS = {
    "auth_user_pool_id": "us-east-1_p",
    "auth_user_pool_client_id": "c",
    "auth_identity_pool_id": "us-east-1:i",
    "auth_domain": "notes.auth.us-east-1.amazoncognito.com",
    "storage_my_files_bucket": "wl-files",
    "api_rest_url": "https://a.execute-api.us-east-1.amazonaws.com",
}
# packages/client-config/src/client-config-schema/schema_v1.5.json of aws-amplify/amplify-backend
AUTH_KEYS = {
    "aws_region",
    "user_pool_id",
    "user_pool_client_id",
    "identity_pool_id",
    "password_policy",
    "oauth",
    "standard_required_attributes",
    "username_attributes",
    "user_verification_types",
    "unauthenticated_identities_enabled",
    "mfa_configuration",
    "mfa_methods",
    "passwordless",
    "groups",
}


def of(section, urls=("https://notes.example",)):
    return amplify_outputs(Backend.model_validate(section), "us-east-1", OUTPUTS, urls)


def test_without_a_backend_there_is_the_version_alone():
    assert of({}) == {"version": "1.5"}


def test_users():
    auth = of({"auth": {"groups": ["admin", "staff"], "mfa": "optional", "guests": True}})["auth"]
    assert set(auth) <= AUTH_KEYS
    assert (auth["user_pool_id"], auth["identity_pool_id"]) == ("us-east-1_p", "us-east-1:i")
    assert auth["username_attributes"] == auth["standard_required_attributes"] == ["email"]
    assert (auth["mfa_configuration"], auth["mfa_methods"]) == ("OPTIONAL", ["TOTP"])
    assert auth["groups"] == [{"admin": {"precedence": 0}}, {"staff": {"precedence": 1}}]
    assert auth["unauthenticated_identities_enabled"] is True
    assert "oauth" not in auth


def test_users_come_back_to_every_url_of_the_environment():
    google = {"google": {"client_id": "x", "client_secret": "GOOGLE_SECRET"}}
    section = {"auth": {"social": google, "callback_paths": ["/in"], "logout_paths": ["/"]}}
    oauth = of(section, ("https://notes.example", "http://localhost:5173"))["auth"]["oauth"]
    assert oauth["identity_providers"] == ["GOOGLE"]
    assert oauth["redirect_sign_in_uri"] == ["https://notes.example/in", "http://localhost:5173/in"]
    assert oauth["redirect_sign_out_uri"] == ["https://notes.example/", "http://localhost:5173/"]
    assert oauth["domain"] == OUTPUTS["auth_domain"]


def test_files_with_who_may_do_what():
    access = {"private/{identity}/*": {"owner": ["read", "write"], "groups.admin": "read"}}
    storage = of({"auth": {}, "storage": {"my-files": {"access": access}}})["storage"]
    assert (storage["bucket_name"], storage["aws_region"]) == ("wl-files", "us-east-1")
    (bucket,) = storage["buckets"]
    assert bucket["name"] == "my-files"
    assert bucket["paths"] == {
        "private/${cognito-identity.amazonaws.com:sub}/*": {
            "entityidentity": ["read", "write"],
            "groupsadmin": ["read"],
        }
    }


def test_a_rest_api_is_where_amplifys_guide_puts_it():
    section = {
        "functions": {"f": {"source": "f", "handler": "a.b", "runtime": "python3.12"}},
        "api": {"rest": {"routes": {"GET /": "f"}}},
    }
    rest = of(section)["custom"]["API"]["rest"]
    assert rest == {"endpoint": OUTPUTS["api_rest_url"], "region": "us-east-1", "apiName": "rest"}


def test_a_graphql_api():
    outputs = {**OUTPUTS, "api_graphql_url": "https://g/graphql", "api_graphql_api_key": "da2-x"}
    section = {"api": {"graphql": {"schema": "s", "authorizers": ["auth", "api_key"]}}, "auth": {}}
    data = amplify_outputs(Backend.model_validate(section), "us-east-1", outputs, ())["data"]
    assert data == {
        "aws_region": "us-east-1",
        "url": "https://g/graphql",
        "default_authorization_type": "AMAZON_COGNITO_USER_POOLS",
        "authorization_types": ["API_KEY"],
        "api_key": "da2-x",
    }


@pytest.mark.parametrize(("mfa", "word"), [("none", "NONE"), ("required", "REQUIRED")])
def test_a_second_factor(mfa, word):
    assert of({"auth": {"mfa": mfa}})["auth"]["mfa_configuration"] == word
