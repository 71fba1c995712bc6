"""Where the secrets of the backend are is in the plan, and their values are not."""

import asyncio
import dataclasses

import pytest

from engine.environment.given import given_secrets
from engine.errors import PrerequisiteError
from engine.plan.backend import make_backend
from engine.secrets.access import store_of
from engine.secrets.model import SHARED
from engine.spec.backend.backend import Backend
from engine.spec.model import Spec
from engine.steps.backend import with_secret_paths

WORK = {"source": "f", "handler": "app.handler", "runtime": "python3.12", "secrets": ["STRIPE", "MAIL"]}
GOOGLE = {"client_id": "x", "client_secret": "GOOGLE"}
APPLE = {"client_id": "x", "team_id": "t", "key_id": "k", "private_key": "APPLE"}
OIDC = {**GOOGLE, "client_secret": "OIDC", "issuer": "https://id.example"}
BACKEND = Backend.model_validate(
    {
        "functions": {"work": WORK},
        "auth": {"social": {"google": GOOGLE, "apple": APPLE}, "oidc": {"team": OIDC}},
    }
)
NAMES = ("STRIPE", "MAIL", "GOOGLE", "APPLE", "OIDC")


@pytest.fixture
def of(context_of):
    """A context with the backend, and a store with these secrets."""

    def made(set_shared=NAMES, set_own=(), **options):
        spec = Spec(app="notes", backend=BACKEND, file="amplify.yml", lines={"backend.functions.work": 9})
        context = context_of(spec=spec, **options)
        for scope, names in ((SHARED, set_shared), ("prod", set_own)):
            for name in names:
                store_of(context).set(name, scope, f"value of {name}")
        backend = make_backend(BACKEND, context.environment, (), {})
        return dataclasses.replace(context, plan=dataclasses.replace(context.plan, backend=backend))

    return made


def planned(context):
    return asyncio.run(with_secret_paths(context)).plan


def test_the_first_scope_that_has_it(of):
    plan = planned(of(set_own=["STRIPE"]))
    assert plan.backend.secrets == {
        "STRIPE": "/windlass/notes/prod/STRIPE",
        **{name: f"/windlass/notes/_shared/{name}" for name in NAMES[1:]},
    }
    assert "value of" not in plan.to_json()


def test_one_that_is_not_set_stops_it_by_name(of):
    with pytest.raises(PrerequisiteError, match="the secrets MAIL, APPLE are not set for prod") as caught:
        planned(of(set_shared=["STRIPE", "GOOGLE", "OIDC"]))
    assert "windlass secrets set MAIL --env prod" in caught.value.hint
    assert caught.value.where.line == 9


def test_an_outsiders_pull_request_is_given_none(of):
    assert planned(of(name="pr-7", fork=True)).backend.secrets == {}


def test_who_is_given_which_is_shown(of):
    found = {secret.name: secret.to for secret in given_secrets(of().spec)}
    assert found["STRIPE"] == ("function work",)
    assert found["GOOGLE"] == ("sign-in with google",)
    assert found["OIDC"] == ("sign-in with team",)
