"""An SSM Parameter Store in memory, and contexts that reach it."""

import datetime

import pytest

from engine.clients import Clients
from engine.context import Context, Settings
from engine.environment.git import Checkout
from engine.environment.model import Environment, PullRequest
from engine.environment.policy import Policy
from engine.plan.make import make_plan
from engine.spec.model import Spec
from engine.state.backend import StateBackend
from engine.state.record import EnvironmentRecord
from engine.target import Target


class Parameters:
    """What the code asks of boto3's client, with the answers of the real one."""

    class exceptions:  # noqa: N801
        class ParameterAlreadyExists(Exception): ...  # noqa: N818

        class ParameterNotFound(Exception): ...  # noqa: N818

    def __init__(self):
        self.kept, self.calls = {}, []

    def put_parameter(self, **asked):
        self.calls.append(("put", asked))
        name = asked["Name"]
        if name in self.kept and not asked.get("Overwrite"):
            raise self.exceptions.ParameterAlreadyExists
        version = self.kept[name]["Version"] + 1 if name in self.kept else 1
        now = datetime.datetime(2026, 1, 1, 0, 0, len(self.calls) % 60, tzinfo=datetime.UTC)
        self.kept[name] = {
            **{"Name": name, "Value": asked["Value"], "Version": version, "LastModifiedDate": now},
        }

    def get_parameters(self, *, Names, WithDecryption):  # noqa: N803
        assert WithDecryption and 0 < len(Names) <= 10
        self.calls.append(("get", Names))
        return {"Parameters": [self.kept[name] for name in Names if name in self.kept]}

    def delete_parameter(self, *, Name):  # noqa: N803
        if self.kept.pop(Name, None) is None:
            raise self.exceptions.ParameterNotFound

    def get_paginator(self, operation):
        assert operation == "get_parameters_by_path"
        return self

    def paginate(self, *, Path, Recursive):  # noqa: N803
        assert Recursive
        found = [p | {"Value": "cipher"} for name, p in self.kept.items() if name.startswith(f"{Path}/")]
        return [{"Parameters": [p]} for p in found]


@pytest.fixture
def ssm():
    return Parameters()


@pytest.fixture
def events():
    return []


@pytest.fixture
def context_of(tmp_path, events, ssm, monkeypatch):
    monkeypatch.setattr(Clients, "get", lambda self, target, service: ssm)

    def make(name="prod", kind=None, fork="none", policy=None, origins=None, spec=None, **settings):
        request = None if fork == "none" else PullRequest(int(name[3:]), fork=fork)
        environment = Environment(
            "notes", name, "", "prod", policy or Policy(), request, kind=kind or name, origins=origins or {}
        )
        checkout = Checkout()
        return Context(
            settings=Settings(project=tmp_path, host={}, **settings),
            spec=spec or Spec(app="notes"),
            environment=environment,
            checkout=checkout,
            target=Target("aws", "eu-central-1"),
            state=StateBackend("file:///none"),
            plan=make_plan(environment, "1", "", checkout),
            record=EnvironmentRecord("notes", name),
            deployment="d",
            emit=events.append,
            cancel=None,
        )

    return make
