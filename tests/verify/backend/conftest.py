from contextlib import ExitStack
from types import SimpleNamespace

import pytest

from engine.spec.backend.backend import Backend
from engine.target import Target
from engine.verify.backend.model import BackendRequest, Visit
from engine.verify.web import Answer

OWN = {"auth_user_pool_id": "us-east-1_AAAAAAAAA", "auth_user_pool_client_id": "client-of-prod"}


@pytest.fixture
def make_visit():
    """A function that makes a visit of a backend whose live files are ``pages``."""

    def made(spec=None, *, outputs=OWN, pages=None, foreign=None):
        pages = pages or {}
        manifest = SimpleNamespace(files=[SimpleNamespace(path=p, size=len(t)) for p, t in pages.items()])
        return Visit(
            BackendRequest(
                spec=Backend.model_validate(spec or {"auth": {}}),
                outputs=outputs,
                target=Target("local", endpoint="http://127.0.0.1:1"),
                manifest=manifest,
                page=lambda path: Answer(200, {}, pages[path[1:]].encode()),
                foreign=foreign or {},
            ),
            ExitStack(),
        )

    return made
