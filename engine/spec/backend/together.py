"""What must hold between resources of a backend: AWS would refuse it, minutes later and in other words."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from engine.spec import pattern
from engine.spec.backend.backend import Backend
from engine.spec.node import Keys, Node, dotted, problem
from engine.spec.validate import validated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.errors import Problem
    from engine.spec.backend.functions import Trigger
    from engine.spec.backend.rest_api import Authorizer, Route

_FIFO_BATCH = 10
_PLACES = "backend applications.*.backend"


class Misfit(NamedTuple):
    """The name of a rule, the key below ``backend`` that does not keep it, what is said of that, a hint."""

    rule: str
    at: Keys
    said: str
    hint: str


def resources_that_do_not_fit(root: Node) -> Iterator[Problem]:
    """A problem for each thing in a backend that AWS would not take, together with the rest of it."""
    for path, node in pattern.matching(_PLACES, root):
        backend, _ = validated(Backend, node)
        misfits = (misfit for rule in RULES for misfit in rule(backend)) if backend else ()
        for name, at, said, hint in misfits:
            key = (*path, *at)
            yield problem(name, node.nearest(at), key, f"`{dotted(key)}` {said}", hint)


def _tokens_need_users(backend: Backend) -> Iterator[Misfit]:
    hint = "Write `auth:` below `backend:`, or another authorizer."
    said = "asks for a token of `auth`, and there is no `backend.auth`"
    graphql = backend.api.graphql
    if backend.auth:
        return
    for key, _, authorizer in _routes(backend):
        if authorizer == "auth":
            yield Misfit("no-such-resource", ("api", "rest", "routes", key), said, hint)
    if graphql and "auth" in graphql.authorizers:
        yield Misfit("no-such-resource", ("api", "graphql", "authorizers"), said, hint)


def _preflights_have_no_token(backend: Backend) -> Iterator[Misfit]:
    # https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html, last section
    said = "would also refuse the OPTIONS request, without a token, that browsers send first"
    hint = "Write `ANY /{path+}`, which leaves OPTIONS to API Gateway, or give it `authorizer: none`."
    for key, _, authorizer in _routes(backend):
        if key == "$default" and authorizer != "none":
            yield Misfit("preflight", ("api", "rest", "routes", key), said, hint)


def _scopes_are_of_tokens(backend: Backend) -> Iterator[Misfit]:
    hint = "Give the route `authorizer: auth`, or take them out."
    for key, route, authorizer in _routes(backend):
        if route.scopes and authorizer != "auth":
            at = ("api", "rest", "routes", key, "scopes")
            yield Misfit("scopes", at, "are of tokens, and the route asks for none", hint)


def _routes(backend: Backend) -> Iterator[tuple[str, Route, Authorizer]]:
    rest = backend.api.rest
    if rest:
        yield from ((key, route, rest.authorizer_of(route)) for key, route in rest.routes.items())


def _messages_stay_hidden(backend: Backend) -> Iterator[Misfit]:
    # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    for name, function in backend.functions.items():
        for trigger in function.triggers:
            queue = backend.queues.get(trigger.queue or "")
            if queue and queue.visibility_timeout < function.timeout:
                yield Misfit(
                    "visibility",
                    ("queues", trigger.queue or "", "visibility_timeout"),
                    f"is {queue.visibility_timeout} seconds, less than the {function.timeout} that function "
                    f"`{name}` may work on a message",
                    f"AWS advises six times as long: `visibility_timeout: {6 * function.timeout}`.",
                )


def _batches_are_small(backend: Backend) -> Iterator[Misfit]:
    for name, function in backend.functions.items():
        for number, trigger in enumerate(function.triggers):
            queue = backend.queues.get(trigger.queue or "")
            if queue and queue.fifo and trigger.batch > _FIFO_BATCH:
                at = ("functions", name, "triggers", number, "batch")
                said = f"is more than the {_FIFO_BATCH} messages that a FIFO queue gives at once"
                yield Misfit("batch", at, said, f"Write at most {_FIFO_BATCH}.")


def _objects_are_told_once(backend: Backend) -> Iterator[Misfit]:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
    asked = [
        (("functions", name, "triggers", number), trigger)
        for name, function in backend.functions.items()
        for number, trigger in enumerate(function.triggers)
        if trigger.bucket
    ]
    for (first, one), (at, other) in combinations(asked, 2):
        if one.bucket == other.bucket and _overlap(one, other):
            said = f"is for objects that `{dotted(first)}` is for as well, which S3 refuses"
            hint = "Part them by `prefix`, `suffix` or `on`, or let one function call the other."
            yield Misfit("overlap", at, said, hint)


def _overlap(one: Trigger, other: Trigger) -> bool:
    return bool(
        set(one.on) & set(other.on)
        and (one.prefix.startswith(other.prefix) or other.prefix.startswith(one.prefix))
        and (one.suffix.endswith(other.suffix) or other.suffix.endswith(one.suffix))
    )


def _access_is_for_somebody(backend: Backend) -> Iterator[Misfit]:
    auth = backend.auth
    there = {"authenticated", "owner", *(f"groups.{name}" for name in auth.groups)} if auth else set()
    there |= {"guest"} if auth and auth.guests else set()
    for name, bucket in backend.storage.items():
        asked = {who for rules in bucket.access.values() for who, actions in rules.items() if actions}
        for who in sorted(asked - there):
            said = f"lets `{who}` in, whom `backend.auth` does not have"
            hint = "It has users with `auth:`, guests with `guests: true`, and groups below `groups:`."
            yield Misfit("no-such-resource", ("storage", name, "access"), said, hint)


def _users_come_back_safely(backend: Backend) -> Iterator[Misfit]:
    # https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
    if backend.auth is None or not backend.auth.federated:
        return
    for number, origin in enumerate(backend.origins):
        scheme, _, host = origin.partition("://")
        if scheme == "http" and host.partition(":")[0] != "localhost":
            said = f"is {origin}, to which Cognito sends nobody back after signing in"
            yield Misfit(
                "origin", ("origins", number), said, "Without TLS it takes `http://localhost` alone."
            )


def _failures_have_a_name(backend: Backend) -> Iterator[Misfit]:
    for name, queue in backend.queues.items():
        if queue.attempts and f"{name}-failed" in backend.queues:
            said = f"is the name of the queue for what failed in `{name}`"
            yield Misfit("same-queue", ("queues", f"{name}-failed"), said, "Choose another name.")


RULES: tuple[Callable[[Backend], Iterator[Misfit]], ...] = (
    _tokens_need_users,
    _preflights_have_no_token,
    _scopes_are_of_tokens,
    _messages_stay_hidden,
    _batches_are_small,
    _objects_are_told_once,
    _access_is_for_somebody,
    _users_come_back_safely,
    _failures_have_a_name,
)
