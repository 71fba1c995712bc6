"""A provider without processes: its clients are fakes that record what they are asked."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from engine.local.provider.cloud import Cloud
from engine.target import Target


class Fake:
    """A client that answers from a table and records the calls; an exception in the table is raised."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, operation: str) -> Any:
        def call(**parameters: Any) -> Any:
            self.calls.append((operation, parameters))
            answer = self.answers.get(operation, {})
            answer = answer(**parameters) if callable(answer) else answer
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call

    def asked(self, operation: str) -> list[dict[str, Any]]:
        """The parameters of all calls of ``operation``."""
        return [parameters for name, parameters in self.calls if name == operation]


def refusal(operation: str, code: str, message: str = "no", status: int = 400) -> ClientError:
    """What boto3 raises when AWS refuses."""
    error = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(error, operation)


@pytest.fixture
def fake() -> type[Fake]:
    return Fake


@pytest.fixture
def refuse() -> Any:
    return refusal


@pytest.fixture
def cloud_of() -> Any:
    """A cloud whose clients are the given fakes by service."""

    def make(**clients: Fake) -> Cloud:
        named = {name.replace("_", "-"): client for name, client in clients.items()}
        return Cloud(Target("local", endpoint="http://127.0.0.1:1"), lambda _, service: named[service])

    return make
