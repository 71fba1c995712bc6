"""The APIs of an app."""

from __future__ import annotations

from pydantic import Field

from engine.spec.backend.graphql_api import GraphqlApi
from engine.spec.backend.rest_api import RestApi
from engine.spec.base import Model


class Api(Model):
    """What browsers and others call."""

    graphql: GraphqlApi | None = Field(None, description="A schema and its resolvers (AppSync).")
    rest: RestApi | None = Field(None, description="Routes to functions (API Gateway, HTTP API).")
