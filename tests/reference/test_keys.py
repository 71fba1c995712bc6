"""The documented keys are those of the models, of the schema, and every one is described."""

from pathlib import Path

import pytest
from pydantic import BaseModel, TypeAdapter

from engine.environment.policy import Policy
from engine.reference import policy_keys, reference, spec_keys
from engine.reference.amplify import _OF
from engine.reference.guides import _OF as _GUIDES
from engine.reference.keys import sentence
from engine.spec.model import SpecFile
from engine.spec.schema import json_schema

BY_KEY = {doc.key: doc for doc in reference()}


def models(model, seen=None):
    """``model`` and every model that its fields hold."""
    seen = {} if seen is None else seen
    if model not in seen:
        seen[model] = None
        for field in model.model_fields.values():
            for inner in held(field.annotation):
                models(inner, seen)
    return list(seen)


def held(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in held(part)]


MODELS = [*models(SpecFile), *models(Policy)]
EXAMPLES = [
    pytest.param(field, example, id=f"{model.__name__}.{name}={example}")
    for model in MODELS
    for name, field in model.model_fields.items()
    for example in field.examples or ()
]


@pytest.mark.parametrize("doc", reference(), ids=lambda doc: doc.key)
def test_every_key_is_described(doc):
    assert doc.description.endswith((".", "?")), "a sentence"
    assert "``" not in doc.description
    assert doc.type
    assert doc.amplify


def test_a_key_is_documented_once():
    assert len(BY_KEY) == len(reference())


def test_the_schema_has_the_same_keys_and_words():
    """Every property of the JSON Schema is a documented key with its description, and the other way round."""
    whole = json_schema()
    found = dict(in_schema(whole, whole["$defs"]))
    assert found.keys() == {doc.key for doc in spec_keys()}
    for key, text in found.items():
        assert not text or sentence(text) == BY_KEY[key].description


def in_schema(schema, defs, prefix=""):
    for name, value in schema.get("properties", {}).items():
        yield f"{prefix}{name}", value.get("description", "")
        for choice in value.get("anyOf", [value]):
            for step, inner in (
                ("", choice),
                ("", choice.get("items")),
                (".*", choice.get("additionalProperties")),
            ):
                for one in inner.get("anyOf", [inner]) if isinstance(inner, dict) else []:
                    if "$ref" in one and name != "applications":
                        model = defs[one["$ref"].rsplit("/", 1)[1]]
                        yield from in_schema(model, defs, f"{prefix}{name}{step}.")


def test_the_policies_have_all_fields():
    top = {doc.key.split(".")[1] for doc in policy_keys()[1:]}
    assert top == set(Policy.model_fields)


@pytest.mark.parametrize(("field", "example"), EXAMPLES)
def test_an_example_is_right(field, example):
    TypeAdapter(field.rebuild_annotation()).validate_python(example)


@pytest.mark.parametrize(("key", "page"), [(key, page) for key, page in _GUIDES.items() if key])
def test_a_guide_is_of_a_key_and_a_page_that_are_there(key, page):
    assert key in BY_KEY
    assert (Path(__file__).parents[2] / "docs" / page).is_file()


@pytest.mark.parametrize("key", [key for key in _OF if key not in ("", "policy")])
def test_what_amplify_does_is_said_of_keys_that_are_there(key):
    assert key in BY_KEY


@pytest.mark.parametrize(
    ("key", "kind", "default", "allowed"),
    [
        ("frontend.artifacts.files", "list of texts or text", "['**/*']", ()),
        ("redirects.status", "text", "302", ("200", "301", "302", "404", "404-200")),
        ("redirects", "list of mappings", "", ()),
        ("environments", "mapping of names to mappings", "", ()),
        ("environments.*.pull_requests", "true or false", "false", ()),
        ("env.variables", "mapping of names to text", "", ()),
        ("policy.retention.releases", "whole number", "10", ("at least 2",)),
        ("policy.ttl_days", "number", "", ("more than 0",)),
        ("policy.isolation", "text", "none", ("none", "bubblewrap")),
        ("backend.functions.*.timeout", "whole number", "15", ("at least 1", "at most 900")),
        ("frontend", "mapping", "", ()),
    ],
)
def test_what_a_key_takes(key, kind, default, allowed):
    doc = BY_KEY[key]
    assert (doc.type, doc.default, doc.allowed) == (kind, default, allowed)


def test_what_must_be_given():
    assert {"redirects.source", "redirects.target"} < {doc.key for doc in reference() if doc.required}


def test_amplifys_own_keys_name_its_page():
    assert "userguide" in BY_KEY["frontend.artifacts.baseDirectory"].sources[0]
    assert not BY_KEY["backend.queues"].sources[:1] or "Simple" in BY_KEY["backend.queues"].sources[0]
