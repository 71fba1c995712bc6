import pytest
import yaml

from engine.spec.schema import json_schema

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def fits(value, schema, whole):
    """The part of JSON Schema that the schema uses."""
    if schema is True:
        return True
    if "$ref" in schema:
        return fits(value, whole["$defs"][schema["$ref"].rsplit("/", 1)[1]], whole)
    if "anyOf" in schema and not any(fits(value, choice, whole) for choice in schema["anyOf"]):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    types = schema.get("type", [])
    if types and not any(
        isinstance(value, TYPES[name]) for name in ([types] if isinstance(types, str) else types)
    ):
        return False
    if isinstance(value, list):
        return all(fits(item, schema.get("items", True), whole) for item in value)
    return not isinstance(value, dict) or fits_mapping(value, schema, whole)


def fits_mapping(value, schema, whole):
    known = schema.get("properties", {})
    held = schema.get("patternProperties", {})
    rest = schema.get("additionalProperties", True)
    extra = {key for key in value if key not in known and not (held and key.startswith(("x-", ".")))}
    if not set(schema.get("required", [])) <= set(value) or (extra and rest is False):
        return False
    return all(
        fits(item, known.get(key, rest if rest is not False else True), whole) for key, item in value.items()
    )


GOOD = """
version: 1
app: notes
x-any: [1]
env: {variables: {A: 1, B: true}}
environments: {prod: {branch: main, domain: a.example.com}, preview: }
redirects: [{source: /a, target: /b, status: 301}, {source: /c, target: /d, status: 404-200, condition: null}]
backend: {phases: {build: {commands: a}}}
frontend: {phases: {preBuild: , build: {commands: [a, b]}}, artifacts: {baseDirectory: dist}, cache: }
test: {phases: {test: {commands: [a]}}, artifacts: {configFilePath: a}}
customHeaders: [{pattern: a, headers: [{key: a, value: 1}]}]
applications: [{appRoot: a, app: b, frontend: {buildPath: /}}]
"""


def test_a_good_file_fits():
    schema = json_schema()
    assert fits(yaml.safe_load(GOOD), schema, schema)


@pytest.mark.parametrize(
    "text",
    [
        "frontent: {}",
        "frontend: {phases: {prebuild: {}}}",
        "frontend: text",
        "redirects: [{source: /a}]",
        "redirects: [{source: /a, target: /b, status: 307}]",
        "environments: {prod: {brnch: main}}",
        "customHeaders: [{pattern: a, headers: {a: b}}]",
        "applications: {appRoot: a}",
    ],
)
def test_a_bad_file_does_not_fit(text):
    schema = json_schema()
    assert not fits(yaml.safe_load(text), schema, schema)


def test_every_key_is_described():
    schema = json_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"]
    models = [schema, *schema["$defs"].values()]
    for model in models:
        assert model.get("description"), model["title"]
        for key, value in model["properties"].items():
            refers = any("$ref" in choice for choice in value.get("anyOf", []))
            assert value.get("description") or refers or key == "commands", (model["title"], key)
