"""The log is SARIF 2.1.0 as code scanning takes it.

The shape below is what the OASIS schema requires of what we write, and GitHub's page on top of it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

import json
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from engine.check import Report, check
from engine.doctor.sarif import sarif
from engine.errors import Problem, Where

Level = Literal["none", "note", "warning", "error"]
Uri = Annotated[str, Field(pattern=r"^[A-Za-z0-9._~/%()-]+$")]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class Text(Shape):
    text: str = Field(min_length=1)
    markdown: str | None = None


class Configuration(Shape):
    level: Level


class Properties(BaseModel):
    tags: list[str] = Field(max_length=20)


class Rule(Shape):
    id: str = Field(min_length=1)
    short_description: Text
    full_description: Text
    help: Text
    help_uri: str | None = None
    default_configuration: Configuration
    properties: Properties


class Driver(Shape):
    name: str
    version: str
    rules: list[Rule]


class Tool(Shape):
    driver: Driver


class ArtifactLocation(Shape):
    uri: Uri
    uri_base_id: Literal["%SRCROOT%"]


class Region(Shape):
    start_line: int = Field(ge=1)
    start_column: int | None = Field(None, ge=1)


class PhysicalLocation(Shape):
    artifact_location: ArtifactLocation
    region: Region


class Location(Shape):
    physical_location: PhysicalLocation


class Suppression(Shape):
    kind: Literal["inSource", "external"]
    justification: str = Field(min_length=1)


class Result(Shape):
    rule_id: str
    rule_index: int = Field(ge=0)
    level: Level
    message: Text
    locations: list[Location] = Field(min_length=1)
    partial_fingerprints: dict[str, str]
    suppressions: list[Suppression] | None = None


class RunShape(Shape):
    tool: Tool
    column_kind: Literal["utf16CodeUnits", "unicodeCodePoints"]
    results: list[Result]


class Log(Shape):
    schema_: str = Field(alias="$schema", pattern=r"^https://.*sarif-2\.1\.0\.json$")
    version: Literal["2.1.0"]
    runs: list[RunShape] = Field(min_length=1, max_length=20)


def read(log):
    return Log.model_validate_json(json.dumps(log)).runs[0]


@pytest.fixture
def broken(tmp_path):
    """A checkout whose app is in a folder with a blank, with an error, a warning and a silence."""
    app = tmp_path / "my app"
    app.mkdir()
    (tmp_path / ".git").mkdir()
    (app / "amplify.yml").write_text(
        "version: 1\nframework: x\nfrontend: {artifacts: {baseDirectory: dist}}\n"
        "check: {ignore: [{rule: lockfile-missing, reason: a template}]}\n"
    )
    (app / "package.json").write_text('{"dependencies": {"a": "latest"}, "engines": {"node": ">=4"}}')
    (app / "a.js").write_text("\nimport './b'")
    (app / "B.js").write_text("")
    return app


def test_the_shape(broken):
    run = read(sarif(check(broken), broken))
    assert {result.rule_id for result in run.results} == {
        "foreign-key", "unpinned-dependency", "import-case", "lockfile-missing"
    }  # fmt: skip
    assert all(run.tool.driver.rules[result.rule_index].id == result.rule_id for result in run.results)


def test_paths_count_from_the_repository(broken, monkeypatch):
    expected = {"my%20app/amplify.yml", "my%20app/package.json", "my%20app/a.js"}
    monkeypatch.chdir(broken)
    for folder in (broken, Path()):
        run = read(sarif(check(folder), folder))
        places = [result.locations[0].physical_location for result in run.results]
        assert {place.artifact_location.uri for place in places} == expected


def test_what_is_silenced_is_suppressed_with_its_reason(broken):
    run = read(sarif(check(broken), broken))
    found = {
        result.rule_id: result.suppressions[0].justification for result in run.results if result.suppressions
    }
    assert found == {"lockfile-missing": "a template"}


def test_a_fingerprint_outlives_a_move(broken):
    before = {r.rule_id: r.partial_fingerprints for r in read(sarif(check(broken), broken)).results}
    (broken / "a.js").write_text("\n\n\nimport './b'")
    after = {r.rule_id: r.partial_fingerprints for r in read(sarif(check(broken), broken)).results}
    assert after == before


def test_nothing_found(tmp_path):
    assert read(sarif(Report(()), tmp_path)).results == []


def test_a_problem_without_a_place(tmp_path):
    report = Report((Problem("odd", "wrong"), Problem("odd", "wrong", Where("a.yml"))))
    assert [
        r.locations[0].physical_location.region.start_line for r in read(sarif(report, tmp_path)).results
    ] == [1, 1]
