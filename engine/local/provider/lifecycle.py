"""What the engine asks of a resource, on plain values: check, compare, create, read, update, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.errors import LocalTargetError
from engine.local.provider.canonical import canonical
from engine.local.provider.check import Failure, failures
from engine.local.provider.cloud import Cloud, unless_gone
from engine.local.provider.diff import Change, changes
from engine.local.provider.fields import DEFAULT_TAGS
from engine.local.provider.naming import MADE_UP, Naming, with_names
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.local.provider.config import Config
    from engine.local.provider.fields import Field
    from engine.local.provider.resource import Found, Resource


@dataclass(frozen=True, slots=True)
class Creation:
    """What was created. ``reasons`` are not empty where it exists but is not as it should be."""

    identity: str
    outputs: Values
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A resource as it is: its id, the inputs that describe it, and its outputs."""

    identity: str
    inputs: Values
    outputs: Values


def check(
    resource: Resource, config: Config, old: Values, new: Values, naming: Naming
) -> tuple[Values, list[Failure]]:
    """The inputs with names, region and tags filled in, and what is wrong with them."""
    given = {name: value for name, value in new.items() if not name.startswith("__") and value is not None}
    inputs, wrong = with_names(resource, old, given, naming)
    wrong += failures(resource.inputs, given)
    if not wrong:
        inputs |= _from_config(resource, config, inputs)
        wrong += resource.check(inputs)
    return inputs, wrong


def _from_config(resource: Resource, config: Config, inputs: Values) -> Values:
    filled: Values = {}
    if "region" in resource.inputs:
        filled["region"] = inputs.get("region") or config.region
    if DEFAULT_TAGS in resource.inputs and config.default_tags:
        filled[DEFAULT_TAGS] = config.default_tags
    return filled


def compare(resource: Resource, old: Values, new: Values, ignored: Iterable[str] = ()) -> list[Change]:
    """What differs between the inputs of the state and those of the program."""
    return changes(resource.inputs, old, new, ignored)


def foresee_creation(resource: Resource, inputs: Values) -> Values:
    """The outputs of a resource that does not exist yet: the inputs, and the rest unknown."""
    return {**dict.fromkeys(resource.outputs, UNKNOWN), **_told_back(resource, inputs)}


def foresee_update(resource: Resource, old: Values, inputs: Values) -> Values:
    """The outputs after an update that has not happened yet."""
    kept = {name: old[name] for name in resource.stable if name in old}
    return {**foresee_creation(resource, inputs), **kept}


def create(cloud: Cloud, resource: Resource, inputs: Values) -> Creation:
    """Makes the resource. A failure after it exists is told in the answer, so that nothing is orphaned."""
    from botocore.exceptions import BotoCoreError, ClientError

    identity = resource.create(cloud, inputs)
    try:
        resource.settle(cloud, identity, inputs)
        return Creation(identity, _existing(cloud, resource, identity, inputs).outputs)
    except (BotoCoreError, ClientError, LocalTargetError) as error:
        return Creation(identity, _told_back(resource, inputs), (explain(error),))


def read(cloud: Cloud, resource: Resource, identity: str, inputs: Values) -> State | None:
    """The resource as it is now, or None. Inputs that still hold are kept as the program wrote them."""
    found: Found | None = None
    with unless_gone():
        found = resource.read(cloud, identity, inputs)
    if found is None:
        return None
    now = _reconciled(resource, cloud, inputs, found.inputs)
    return State(found.identity or identity, now, {**_told_back(resource, now), **found.outputs})


def update(cloud: Cloud, resource: Resource, identity: str, inputs: Values) -> Values:
    """Brings the resource to ``inputs`` and gives its outputs."""
    resource.update(cloud, identity, inputs)
    return _existing(cloud, resource, identity, inputs).outputs


def delete(cloud: Cloud, resource: Resource, identity: str, inputs: Values) -> None:
    """Removes the resource; one that is gone already is as good."""
    with unless_gone():
        resource.delete(cloud, identity, inputs)


def explain(error: Exception) -> str:
    """What went wrong, for people: ``CreateBucket: BucketAlreadyExists: ...``."""
    from botocore.exceptions import ClientError, EndpointConnectionError

    if isinstance(error, EndpointConnectionError):
        return f"the embedded AWS does not answer: {error}; start it with `windlass local start`"
    if not isinstance(error, ClientError):
        return " ".join(str(error).split())
    told = error.response.get("Error", {})
    # The emulator answers a service that it does not have with 400 and no message.
    message = told.get("Message") or "the embedded AWS does not support this call"
    return f"{error.operation_name}: {told.get('Code', '')}: {message}"


def _existing(cloud: Cloud, resource: Resource, identity: str, inputs: Values) -> State:
    state = read(cloud, resource, identity, inputs)
    if state is None:
        raise LocalTargetError(f"{identity} is gone right after it was written")
    return state


def _told_back(resource: Resource, inputs: Values) -> Values:
    """The inputs as outputs, defaults filled in; ``tagsAll`` is the provider's tags and the own ones."""
    every = {name: _or_default(field, inputs.get(name)) for name, field in resource.inputs.items()}
    default = every.pop(DEFAULT_TAGS, None) or {}
    if "tags" in every:
        own = every["tags"] or {}
        every["tagsAll"] = UNKNOWN if own is UNKNOWN else {**default, **own}
    return {name: value for name, value in every.items() if value is not None}


def _or_default(field: Field, value: Any) -> Any:
    return field.default if value is None else value


def _reconciled(resource: Resource, cloud: Cloud, known: Values, actual: Values) -> Values:
    """``known`` inputs where they still hold, what AWS has where it differs."""
    kept = {MADE_UP: known[MADE_UP]} if MADE_UP in known else {}
    for name, field in resource.inputs.items():
        value = known.get(name) if _holds(field, known.get(name), actual.get(name)) else actual.get(name)
        if value is not None:
            kept[name] = value
    if "region" in resource.inputs:
        kept.setdefault("region", cloud.target.region)
    return kept


def _holds(field: Field, known: Any, actual: Any) -> bool:
    if field.local or (field.computed and known is None):
        return True
    return bool(canonical(field, known) == canonical(field, actual))
