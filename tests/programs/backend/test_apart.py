"""Two environments, whatever they are called, have no resource with the same physical name."""

import dataclasses

from tests.programs.mocked import declared, plan_of

FUNCTION = {"source": "f", "handler": "app.handler", "runtime": "python3.12", "schedule": "rate(1 hour)"}
EVERYTHING = {
    "auth": {"groups": ["admin"], "guests": True, "hosted": True},
    "database": {"notes": {"partition_key": "owner"}},
    "storage": {"files": {"access": {"owner": "read", "groups.admin": "read"}}},
    "queues": {"jobs": {"attempts": 3}},
    "functions": {"work": {**FUNCTION, "uses": ["database.notes", "queues.jobs"]}},
    "api": {"rest": {"routes": {"GET /": "work"}}},
}
NAMES = ("name", "bucket", "identityPoolName", "domain")
# Names inside of something that has a name of its own.
INSIDE = ("RolePolicy", "UserGroup", "Stage", "BucketObjectv2", "Authorizer")


def names(app, environment):
    plan = dataclasses.replace(mocked(), app=app, environment=environment)
    made = declared(plan).values()
    own = [one for one in made if not one.typ.endswith(INSIDE) and "bucketPolicy" not in one.typ]
    return {str(one.inputs[key]) for one in own for key in NAMES if key in one.inputs and not site(one)}


def site(one):
    return one.name.startswith(("site-", "edge-"))  # tests/plan/test_plan.py


def mocked():
    from engine.plan.backend import Package

    return plan_of(EVERYTHING, {"work": Package("0" * 64, "/nowhere.zip")})


def test_neither_of_two_environments_nor_of_two_apps():
    long = "a-rather-long-name-that-is-cut"
    places = [
        (long, "staging"),
        (long, "prod"),
        (f"{long}-b", "prod"),
        ("x", f"{long}-1"),
        ("x", f"{long}-2"),
    ]
    found = [names(*place) for place in places]
    assert all(len(one) > 12 for one in found)
    assert sum(map(len, found)) == len(set().union(*found))
