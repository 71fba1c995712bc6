"""``amplify_outputs.json``, by which an unchanged Amplify client finds the backend of its environment.

The schema is version 1.5 of https://github.com/aws-amplify/amplify-backend, packages/client-config,
``schema_v1.5.json``. It has no place for REST APIs: they are in ``custom.API``, where Amplify's own guide
puts them (https://docs.amplify.aws/react/build-a-backend/add-aws-services/rest-api/set-up-http-api/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.spec.backend.storage import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.spec.backend.auth import Auth
    from engine.spec.backend.backend import Backend
    from engine.spec.backend.graphql_api import GraphqlApi
    from engine.spec.backend.storage import Bucket

FILE = "amplify_outputs.json"
_VERSION = "1.5"
_NAMES = {"email": "email", "phone": "phone_number", "username": "username"}
_MFA = {"none": "NONE", "optional": "OPTIONAL", "required": "REQUIRED"}
_AUTHORIZERS = {"auth": "AMAZON_COGNITO_USER_POOLS", "api_key": "API_KEY", "iam": "AWS_IAM"}
_PROVIDERS = {
    "google": "GOOGLE",
    "facebook": "FACEBOOK",
    "amazon": "LOGIN_WITH_AMAZON",
    "apple": "SIGN_IN_WITH_APPLE",
}


def amplify_outputs(
    backend: Backend, region: str, outputs: Mapping[str, str], urls: Iterable[str]
) -> dict[str, Any]:
    """The file's content for the stack's ``outputs``; ``urls`` of the site are where users come back to."""
    found: dict[str, Any] = {"version": _VERSION}
    if backend.auth:
        found["auth"] = _auth(backend.auth, region, outputs, list(urls))
    if backend.api.graphql:
        found["data"] = _data(backend.api.graphql, region, outputs)
    if backend.storage:
        found["storage"] = _storage(backend, region, outputs)
    if backend.api.rest:
        endpoint = {"endpoint": outputs["api_rest_url"], "region": region, "apiName": "rest"}
        found["custom"] = {"API": {"rest": endpoint}}
    return found


def _auth(auth: Auth, region: str, outputs: Mapping[str, str], urls: list[str]) -> dict[str, Any]:
    names = [_NAMES[name] for name in auth.sign_in]
    verified = [name for name in names if name != "username"] or ["email"]
    required = (*(verified if "username" not in names else ()), *auth.attributes)
    found = {
        "aws_region": region,
        "user_pool_id": outputs["auth_user_pool_id"],
        "user_pool_client_id": outputs["auth_user_pool_client_id"],
        "identity_pool_id": outputs["auth_identity_pool_id"],
        "password_policy": {
            "min_length": auth.password.min_length,
            "require_lowercase": auth.password.lowercase,
            "require_numbers": auth.password.numbers,
            "require_symbols": auth.password.symbols,
            "require_uppercase": auth.password.uppercase,
        },
        "standard_required_attributes": list(dict.fromkeys(required)),
        "username_attributes": names,
        "user_verification_types": verified,
        "unauthenticated_identities_enabled": auth.guests,
        "mfa_configuration": _MFA[auth.mfa],
        "mfa_methods": [method.upper() for method in auth.mfa_methods] if auth.mfa != "none" else [],
        "groups": [{name: {"precedence": place}} for place, name in enumerate(auth.groups)],
    }
    return {**found, "oauth": _oauth(auth, outputs, urls)} if auth.federated else found


def _oauth(auth: Auth, outputs: Mapping[str, str], urls: list[str]) -> dict[str, Any]:
    return {
        "identity_providers": [_PROVIDERS[name] for name in auth.social.named],
        "domain": outputs["auth_domain"],
        "scopes": list(auth.scopes),
        "redirect_sign_in_uri": _on(urls, auth.callback_paths),
        "redirect_sign_out_uri": _on(urls, auth.logout_paths),
        "response_type": "code",
    }


def _on(urls: Iterable[str], paths: Iterable[str]) -> list[str]:
    return [f"{url.rstrip('/')}{path}" for url in urls for path in paths]


def _data(api: GraphqlApi, region: str, outputs: Mapping[str, str]) -> dict[str, Any]:
    types = [_AUTHORIZERS[name] for name in api.authorizers]
    found = {
        "aws_region": region,
        "url": outputs["api_graphql_url"],
        "default_authorization_type": types[0],
        "authorization_types": types[1:],
    }
    return {**found, "api_key": outputs["api_graphql_api_key"]} if "api_key" in api.authorizers else found


def _storage(backend: Backend, region: str, outputs: Mapping[str, str]) -> dict[str, Any]:
    """The first bucket of the spec is the one that the client uses where none is named."""
    buckets = [
        {
            "name": name,
            "bucket_name": outputs[f"storage_{name.replace('-', '_')}_bucket"],
            "aws_region": region,
            "paths": _paths(bucket),
        }
        for name, bucket in backend.storage.items()
    ]
    return {"aws_region": region, "bucket_name": buckets[0]["bucket_name"], "buckets": buckets}


def _paths(bucket: Bucket) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for path, subjects in bucket.access.items():
        place = path.replace(IDENTITY, "${cognito-identity.amazonaws.com:sub}")
        found[place] = {_subject(subject): list(actions) for subject, actions in subjects.items()}
    return found


def _subject(subject: str) -> str:
    return "entityidentity" if subject == "owner" else subject.replace("groups.", "groups")
