"""Sign-in with others: their secrets come from the Parameter Store, and without them they are left out."""

import dataclasses

from pulumi.runtime.rpc import _special_secret_sig, _special_sig_key

from engine.plan.why import why
from tests.programs.mocked import SITE, declared, plan_of

GOOGLE = {"client_id": "g", "client_secret": "GOOGLE"}
APPLE = {"client_id": "a", "team_id": "t", "key_id": "k", "private_key": "APPLE"}
TEAM = {"client_id": "o", "client_secret": "TEAM", "issuer": "https://id.example", "scopes": ["openid"]}
AUTH = {"social": {"google": GOOGLE, "apple": APPLE}, "oidc": {"team": TEAM}}
PATHS = {name: f"/windlass/notes/prod/{name}" for name in ("GOOGLE", "APPLE", "TEAM")}


def run(known=PATHS):
    plan = plan_of({"auth": AUTH})
    return declared(dataclasses.replace(plan, backend=dataclasses.replace(plan.backend, secrets=known)))


def details(made, name):
    inputs = made[f"auth-provider-{name}"].inputs
    secret = inputs["providerDetails"]
    assert secret[_special_sig_key] == _special_secret_sig  # so Pulumi encrypts it in the state
    return inputs["providerType"], secret["value"]


def test_each_has_its_secret_and_its_settings():
    made = run()
    kind, google = details(made, "Google")
    assert (kind, google["client_id"]) == ("Google", "g")
    assert google["client_secret"] == "value of /windlass/notes/prod/GOOGLE"
    _, apple = details(made, "SignInWithApple")
    assert (apple["private_key"], apple["team_id"]) == ("value of /windlass/notes/prod/APPLE", "t")
    kind, team = details(made, "team")
    assert (kind, team["oidc_issuer"], team["authorize_scopes"]) == ("OIDC", "https://id.example", "openid")
    assert [name for name in made if not why(name)] == []


def test_users_are_sent_to_the_pools_own_page_and_back_to_the_site():
    made = run()
    client = made["auth-client"].inputs
    assert client["supportedIdentityProviders"] == ["COGNITO", "Google", "SignInWithApple", "team"]
    assert f"{SITE}/" in client["callbackUrls"]
    assert client["allowedOauthFlows"] == ["code"]
    assert "auth-domain" in made


def test_a_pull_request_that_is_given_no_secrets_signs_in_without_them():
    made = run(known={"TEAM": PATHS["TEAM"]})
    assert made["auth-client"].inputs["supportedIdentityProviders"] == ["COGNITO", "team"]
    assert not any(name.startswith("auth-provider-Google") for name in made)
