"""The backend of an environment: each kind of resource by its own program, in the order of their needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pulumi

from programs.api import api
from programs.auth import auth
from programs.database import database
from programs.functions import functions
from programs.linked import output_name
from programs.queues import queues
from programs.sql import sql
from programs.storage import storage

if TYPE_CHECKING:
    from programs.linked import Linked, Links
    from programs.scope import Scope

# A program gives what it made by the names in its section; "" names the one resource of a kind that has one.
Program = Callable[["Scope", "Links"], Mapping[str, "Linked"]]

PROGRAMS: Mapping[str, Program] = {
    "database": database,
    "queues": queues,
    "sql": sql,
    "auth": auth,
    "storage": storage,
    "functions": functions,
    "api": api,
}


def backend(scope: Scope) -> Links:
    """Declare what the spec asks for and export what later steps need."""
    linked: dict[str, Linked] = {}
    for kind, program in PROGRAMS.items():
        if kind in scope.backend.spec.resources:
            made = program(scope, linked)
            linked |= {f"{kind}.{name}" if name else kind: link for name, link in made.items()}
    for name, link in linked.items():
        for output, value in link.outputs.items():
            pulumi.export(output_name(name, output), value)
    return linked
