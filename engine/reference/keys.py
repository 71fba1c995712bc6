"""From the models to the documented keys."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from engine.reference.amplify import amplify
from engine.reference.guides import guide
from engine.reference.model import KeyDoc
from engine.reference.words import Schema, allowed_by, models_in, text_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

SPEC_FILE = "amplify.yml"
POLICY_FILE = "stacks/*.yaml"

_ADDRESS = re.compile(r"https://[^\s)>,]+")


def reference() -> tuple[KeyDoc, ...]:
    """Every key that a user can write, in the order of the models: ``amplify.yml``, then the policies."""
    return (*spec_keys(), *policy_keys())


@cache
def spec_keys() -> tuple[KeyDoc, ...]:
    """The keys of ``amplify.yml``. Those of an entry of ``applications`` are those of the top of the file."""
    from engine.spec.model import SpecFile

    return tuple(_keys(SpecFile, SPEC_FILE, ""))


@cache
def policy_keys() -> tuple[KeyDoc, ...]:
    """``policy`` itself, and the keys of a policy, each after ``policy.``."""
    from engine.environment.policy import Policy

    whole = KeyDoc(
        "policy", POLICY_FILE, "mapping", sentence(Policy.__doc__ or ""), amplify=amplify("policy").does
    )
    return (whole, *_keys(Policy, POLICY_FILE, "policy."))


def _keys(model: type[BaseModel], file: str, prefix: str) -> Iterator[KeyDoc]:
    whole = model.model_json_schema(by_alias=True)
    return _walk(whole, whole["$defs"], file, prefix)


def _walk(schema: Schema, models: Schema, file: str, prefix: str) -> Iterator[KeyDoc]:
    for name, value in schema.get("properties", {}).items():
        key = f"{prefix}{name}"
        held = [(step, models[model]) for step, model in models_in(value)]
        yield _documented(key, file, value, [model for _, model in held], name in schema.get("required", ()))
        for step, model in held:
            if name != "applications":
                yield from _walk(model, models, file, f"{key}{step}.")


def _documented(key: str, file: str, value: Schema, held: list[Schema], required: bool) -> KeyDoc:
    theirs = amplify(key)
    about = [value.get("description", ""), *(model.get("description", "") for model in held)]
    written = next((text for text in about if text), "")
    plain = [schema for schema in held if "properties" not in schema]  # an enum of its own is a model, too
    shown = plain[0] if plain else value
    return KeyDoc(
        key=key,
        file=file,
        type=type_of(shown),
        description=sentence(written),
        default="" if held and not plain else text_of(value.get("default")),
        required=required,
        allowed=allowed_by(shown),
        examples=tuple(text_of(example) for example in value.get("examples", ())),
        amplify=theirs.does,
        guide=guide(key),
        sources=tuple(dict.fromkeys(_ADDRESS.findall(" ".join((*about, theirs.page))))),
    )


def sentence(text: str) -> str:
    """A description without line breaks, and without addresses: those are sources."""
    return " ".join(_ADDRESS.sub("", text).replace("``", "`").split())
