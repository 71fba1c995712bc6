"""An HTTP API: routes to functions.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from engine.spec.base import Model
from engine.spec.fields import Label, wrong

Authorizer = Literal["auth", "iam", "none"]
_METHODS = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY"
_PARAMETER = r"\{[A-Za-z0-9._-]+\+?\}"
_ROUTE = re.compile(rf"\$default|({_METHODS}) /(({_PARAMETER}|[A-Za-z0-9._~!$&'()*+,;=:@%-]+)(/|$))*")


def _route_key(text: str) -> str:
    if not _ROUTE.fullmatch(text):
        raise wrong("route", f"is no route: {text}", "Write `GET /notes/{id}`, `ANY /{path+}` or `$default`.")
    if "+}" in text[:-2]:
        raise wrong("route", "has `{name+}` before its end", "Only the last part takes the rest of the path.")
    return text


def _route(value: object) -> object:
    return {"function": value} if isinstance(value, str) else value


class Route(Model):
    """A route: which function answers, and who may call it."""

    function: Label = Field(description="A function of `functions`.")
    authorizer: Authorizer | None = Field(None, description="Who may call it, if not as the API says.")
    scopes: tuple[str, ...] = Field((), description="OAuth scopes of which the token must have one.")


RouteKey = Annotated[str, AfterValidator(_route_key)]
_OF_ROUTE = WithJsonSchema({"anyOf": [{"type": "string"}, Route.model_json_schema()]})
RouteOrName = Annotated[Route, BeforeValidator(_route), _OF_ROUTE]


class Throttle(Model):
    """How many requests are let through, over all callers."""

    rate: float = Field(100, gt=0, le=10_000, description="Requests per second, for longer times.")
    burst: int = Field(200, ge=1, le=5000, description="Requests at once.")


class RestApi(Model):
    """API Gateway's HTTP API in front of functions; browsers may call it from the environment's own URL."""

    routes: dict[RouteKey, RouteOrName] = Field(
        min_length=1, description="`METHOD /path` -> a function, or a mapping with function and authorizer."
    )
    authorizer: Authorizer = Field(
        "none", description="auth: signed-in users (a JWT); iam: signed requests; none: everybody."
    )
    throttle: Throttle = Field(Throttle(), description="How many requests are let through.")
    access_logs: bool = Field(True, description="Whether every request is written to a log.")

    def authorizer_of(self, route: Route) -> Authorizer:
        """Who may call ``route``."""
        return route.authorizer or self.authorizer
