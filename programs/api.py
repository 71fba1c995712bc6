"""The APIs of an app, each by its own program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from programs.graphql_api import graphql_api
from programs.rest_api import rest_api

if TYPE_CHECKING:
    from programs.linked import Linked, Links
    from programs.scope import Scope


def api(scope: Scope, linked: Links) -> dict[str, Linked]:
    """``rest`` and ``graphql``, as the spec asks for."""
    wanted = scope.backend.spec.api
    made = {}
    if wanted.rest:
        made["rest"] = rest_api(scope, linked, wanted.rest)
    if wanted.graphql:
        made["graphql"] = graphql_api(scope, linked, wanted.graphql)
    return made
