"""What a bundle was built for is noted, and what would go wrong elsewhere is refused by name."""

import asyncio
import hashlib
from dataclasses import replace

import pytest

from engine.bundle.model import Bundle, BundleFile
from engine.context import Context, Settings
from engine.environment.git import Checkout
from engine.environment.model import Environment
from engine.environment.policy import Policy
from engine.errors import GuardError
from engine.plan.make import make_plan
from engine.secrets.model import Secret
from engine.spec.model import EnvironmentRule, Spec
from engine.state.backend import StateBackend
from engine.state.record import EnvironmentRecord
from engine.steps.origin import refuse_foreign, with_origin
from engine.target import Target


@pytest.fixture
def events():
    return []


@pytest.fixture
def context_of(tmp_path, events):
    def make(name="staging", domain=None, outputs=None, spec=None, app="notes", **settings):
        environment = Environment(app, name, name, name, Policy(), kind=name)
        checkout = Checkout(branch=name, commit="c0ffee")
        known = {"distribution_domain": domain} if domain else {}
        return Context(
            settings=Settings(project=tmp_path, host={}, **settings),
            spec=spec or Spec(app=app),
            environment=environment,
            checkout=checkout,
            target=Target("aws", "eu-central-1"),
            state=StateBackend("file:///none"),
            plan=make_plan(environment, "1", "", checkout),
            record=EnvironmentRecord(app, name, outputs={**known, **(outputs or {})}, jobs=3),
            deployment="d",
            emit=events.append,
            cancel=None,
        )

    return make


@pytest.fixture
def built(tmp_path):
    """A bundle of one script, as it was built in a context."""

    def make(context, text):
        (tmp_path / "app.js").write_text(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        file = BundleFile("app.js", len(text), digest, "text/javascript; charset=utf-8", "", False)
        return asyncio.run(with_origin(context, Bundle(tmp_path, (file,))))

    return make


def refused(context, bundle):
    with pytest.raises(GuardError) as caught:
        refuse_foreign(context, bundle.origin, allow_inlined=False)
    return caught.value


STAGING, PROD = "d1staging.cloudfront.net", "d2prod.cloudfront.net"


def test_the_url_of_another_environment(context_of, built):
    bundle = built(context_of(domain=STAGING), f'fetch("https://{STAGING}/api")')
    error = refused(context_of("prod", PROD), bundle)
    assert error.details == ("WINDLASS_URL in app.js",)
    assert "differ in prod" in error.message and "--allow-inlined" in error.hint
    refuse_foreign(context_of(domain=STAGING), bundle.origin, allow_inlined=False)


def test_an_environment_that_is_not_there_yet_has_another_url(context_of, built):
    bundle = built(context_of(domain=STAGING), f'fetch("https://{STAGING}/api")')
    assert "WINDLASS_URL" in refused(context_of("prod"), bundle).message


def test_an_output_that_both_share_is_no_difference(context_of, built):
    pool = {"user_pool": "eu-central-1_Ab3dEf"}
    bundle = built(context_of(outputs=pool), '"eu-central-1_Ab3dEf"')
    assert bundle.origin.names == ("WINDLASS_OUTPUT_USER_POOL",)
    refuse_foreign(context_of("prod", outputs=pool), bundle.origin, allow_inlined=False)
    other = context_of("prod", outputs={"user_pool": "eu-central-1_Zz9"})
    assert "WINDLASS_OUTPUT_USER_POOL" in refused(other, bundle).message


def test_a_variable_of_the_command_line_is_compared_where_it_is_given_again(context_of, built):
    given = {"API": "https://api.example.com"}
    bundle = built(context_of(variables=given), 'x="https://api.example.com"')
    refuse_foreign(context_of("prod", variables=given), bundle.origin, allow_inlined=False)
    assert "API" in refused(context_of("prod", variables={"API": "https://other"}), bundle).message
    assert "API" in refused(context_of("prod"), bundle).message
    refuse_foreign(context_of(), bundle.origin, allow_inlined=False)


def test_what_is_the_same_everywhere_or_of_this_build_alone_is_no_matter(context_of, built):
    spec = Spec(app="notes", variables={"TITLE": "My long title"})
    bundle = built(context_of(spec=spec), '"My long title" "c0ffee" "0000000003" "notes"')
    assert bundle.origin.names == ()
    assert "TITLE" in bundle.origin.variables


def test_a_variable_that_an_environment_overrides_is_compared(context_of, built):
    rules = {"prod": EnvironmentRule(variables={"API": "https://api.example.com"})}
    spec = Spec(app="notes", variables={"API": "https://staging.example.com"}, environments=rules)
    bundle = built(context_of(spec=spec), 'x="https://staging.example.com"')
    assert bundle.origin.names == ("API",)
    assert "API" in refused(context_of("prod", spec=spec), bundle).message
    refuse_foreign(context_of(spec=spec), bundle.origin, allow_inlined=False)


def test_of_a_secret_the_name_is_kept_and_no_hash(context_of, built):
    context = replace(context_of(), secrets=(Secret("KEY", "hunter22!", "staging"),))
    bundle = built(context, '"hunter22!"')
    assert bundle.origin.variables["KEY"] == ""
    assert "hunter22" not in repr(bundle.origin)
    assert "KEY" in refused(context_of("prod"), bundle).message


@pytest.mark.parametrize("given", [{"API_TOKEN": "abcdef123"}, {"DB": "https://me:abcdef123@db/"}])
def test_what_looks_like_a_secret_is_not_hashed(context_of, built, given):
    (name,) = given
    assert built(context_of(variables=given), "").origin.variables[name] == ""


def test_it_may_be_allowed_and_is_told_then(context_of, built, events):
    bundle = built(context_of(domain=STAGING), f'"{STAGING}"')
    refuse_foreign(context_of("prod"), bundle.origin, allow_inlined=True)
    assert "WINDLASS_URL in app.js" in events[-1].message


def test_another_app_and_an_unknown_origin(context_of, built, events):
    bundle = built(context_of(), "")
    other = replace(bundle, origin=replace(bundle.origin, app="shop"))
    assert "of the app shop, not of notes" in refused(context_of("prod"), other).message
    refuse_foreign(context_of("prod"), None, allow_inlined=False)
    assert "not known what this release was built for" in events[-1].message
