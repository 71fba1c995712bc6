"""Physical names: they fit everywhere, and no two environments ever share one."""

import re

from hypothesis import given
from hypothesis import strategies as st

from engine.plan.names import physical_name, resource_name
from engine.spec.backend.backend import Backend

LABELS = st.from_regex(r"[a-z]([a-z0-9-]{0,38}[a-z0-9])?", fullmatch=True)
KINDS = st.sampled_from(sorted(Backend.model_fields))
ACCOUNTS, REGIONS = st.sampled_from(["1" * 12, "2" * 12]), st.sampled_from(["eu-west-1", "us-east-1"])
PLACES = st.tuples(LABELS, LABELS, ACCOUNTS, REGIONS)
BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")


@given(st.lists(st.tuples(PLACES, KINDS, LABELS), min_size=2, max_size=8, unique=True))
def test_no_two_resources_share_a_name(resources):
    names = [resource_name(*place, kind, name) for place, kind, name in resources]
    names += [physical_name(*place) for place in dict.fromkeys(place for place, _, _ in resources)]
    assert len(set(names)) == len(names)
    assert all(BUCKET.fullmatch(name) for name in names)
