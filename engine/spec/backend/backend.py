"""The ``backend`` section: Amplify's phases, and the resources that an environment has of its own.

Amplify passes over every key but ``phases``, so that one file serves both.
"""

from __future__ import annotations

from pydantic import Field

from engine.spec.backend.api import Api
from engine.spec.backend.auth import Auth
from engine.spec.backend.database import Table
from engine.spec.backend.functions import Function
from engine.spec.backend.queues import Queue
from engine.spec.backend.sql import Sql
from engine.spec.backend.storage import Bucket
from engine.spec.base import Model
from engine.spec.fields import Label, Origin
from engine.spec.phases import Phases

_NO_KINDS = ("phases", "origins")


class Backend(Model):
    """What runs before the frontend's phases, and the resources behind the app."""

    phases: Phases | None = Field(None, description="What runs before provisioning and after.")
    origins: tuple[Origin, ...] = Field(
        (),
        description="More places that browsers may call from and sign in at, besides the environment's own"
        " URL: http://localhost:5173 for a development server.",
    )
    api: Api = Field(Api(), description="What browsers and others call.")
    auth: Auth | None = Field(None, description="Users: sign-up, sign-in, groups (Cognito).")
    database: dict[Label, Table] = Field({}, description="DynamoDB tables: name -> keys and settings.")
    sql: dict[Label, Sql] = Field({}, description="PostgreSQL databases (Aurora): name -> settings.")
    functions: dict[Label, Function] = Field({}, description="Lambda functions: name -> settings.")
    storage: dict[Label, Bucket] = Field({}, description="Buckets for files: name -> who may do what.")
    queues: dict[Label, Queue] = Field({}, description="SQS queues: name -> settings.")

    @property
    def resources(self) -> dict[str, object]:
        """The kinds that are asked for, by their keys; empty where the section has only phases."""
        kinds = {name: getattr(self, name) for name in type(self).model_fields if name not in _NO_KINDS}
        return {
            name: value for name, value in kinds.items() if value is not None and value not in ({}, Api())
        }

    @property
    def names(self) -> tuple[str, ...]:
        """All resources by their names: ``auth``, ``database.notes``, ``api.rest``."""
        found: list[str] = []
        for kind, value in self.resources.items():
            names = (
                value if isinstance(value, dict) else value.model_fields_set if value == self.api else [""]
            )
            found += (f"{kind}.{name}".rstrip(".") for name in names)
        return tuple(found)
