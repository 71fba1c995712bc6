"""The plan: frozen, told apart by its digest, with names that fit."""

import re

from hypothesis import given
from hypothesis import strategies as st

from engine.environment.git import Checkout
from engine.environment.model import Environment
from engine.environment.policy import Policy
from engine.plan.make import make_plan
from engine.plan.model import Plan
from engine.plan.names import physical_name

LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", fullmatch=True)


def plan(commit="a" * 40, app="notes", name="prod", **policy):
    environment = Environment(app, name, "main", "prod", Policy(**policy))
    return make_plan(environment, "123456789012", "function handler() {}", Checkout(commit=commit))


def test_a_new_commit_is_the_same_plan():
    assert plan("a" * 40).digest == plan("b" * 40).digest
    assert plan("a" * 40).tags["windlass:commit"] != plan("b" * 40).tags["windlass:commit"]


def test_whatever_reaches_a_resource_changes_the_digest():
    digests = {
        plan().digest,
        plan(app="other").digest,
        plan(name="staging").digest,
        plan(price_class="PriceClass_All").digest,
        plan(protect=True).digest,
        plan(region="eu-west-1").digest,
        plan(tags={"team": "web"}).digest,
    }
    assert len(digests) == 7


def test_it_goes_through_json_unchanged():
    made = plan(tags={"team": "web"})
    again = Plan.from_json(made.to_json())
    assert (again, again.digest) == (made, made.digest)


def test_an_unprotected_bucket_may_be_emptied_and_a_protected_one_not():
    assert plan(protect=False).site.force_destroy
    assert not plan(protect=True).site.force_destroy


def test_a_preview_carries_its_expiry():
    assert "windlass:expires" in plan(ttl_days=7).tags
    assert "windlass:expires" not in plan().tags


def test_tags_hold_only_signs_that_every_service_takes():
    bot = plan(owner="49+dependabot[bot]@users.noreply.github.com", tags={"team": "Zoë's + " + 300 * "x"})
    assert bot.tags["windlass:owner"] == "49+dependabot_bot_@users.noreply.github.com"
    assert bot.tags["team"].startswith("Zoë_s + x")
    assert len(bot.tags["team"]) == 256


@given(LABELS, LABELS)
def test_names_fit_a_bucket(app, environment):
    name = physical_name(app, environment, "123456789012", "eu-central-1")
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", name)


def test_names_differ_where_cut_parts_are_the_same():
    long = "a" * 40
    names = {physical_name(app, "prod", "1", "us-east-1") for app in (long, long[:30], long[:20])}
    assert len(names) == 3
