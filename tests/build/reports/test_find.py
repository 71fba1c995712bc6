from __future__ import annotations

import os
import time

import pytest

from engine.build.reports.find import find_artifacts, find_reports
from engine.spec.model import TestArtifacts


@pytest.fixture
def files(tmp_path):
    def make(*names: str, age: float = 0.0) -> None:
        for name in names:
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("x")
            os.utime(file, (time.time() - age,) * 2)

    return make


def found(tmp_path, since=60.0, **artifacts):
    wanted = TestArtifacts.model_validate(artifacts)
    return [entry.path for entry in find_reports(tmp_path, wanted, time.time() - since)]


def test_the_named_report_counts_from_base_directory(files, tmp_path):
    files("cypress/report/mochawesome.json", "junit.xml")
    named = {"baseDirectory": "cypress", "configFilePath": "**/mochawesome.json"}
    assert found(tmp_path, **named) == ["report/mochawesome.json"]


def test_or_from_the_app_where_it_is_not_there(files, tmp_path):
    files("out/report.xml")
    assert found(tmp_path, baseDirectory="cypress", configFilePath="out/*.xml") == ["out/report.xml"]


def test_usual_names_are_found_and_those_of_dependencies_are_not(files, tmp_path):
    files(
        "node_modules/x/junit.xml", "build/test-results/test/TEST-a.xml", "build/test-results/test/TEST-b.xml"
    )
    assert found(tmp_path) == ["build/test-results/test/TEST-a.xml", "build/test-results/test/TEST-b.xml"]


def test_parts_are_taken_where_nothing_merged_them(files, tmp_path):
    files("cypress/report/mochawesome-report/mochawesome_001.json")
    named = {"baseDirectory": "cypress", "configFilePath": "*.json"}
    assert found(tmp_path, **named) == ["cypress/report/mochawesome-report/mochawesome_001.json"]
    files("cypress/mochawesome.json")
    assert found(tmp_path, **named) == ["mochawesome.json"]


def test_a_report_of_an_earlier_build_is_none_of_this(files, tmp_path):
    files("junit.xml", age=3600)
    assert found(tmp_path) == []


def test_nothing_outside_of_the_app_is_taken(files, tmp_path):
    files("elsewhere/key.txt", "app/shots/a.png")
    (tmp_path / "app/out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "app/shots/key.txt").symlink_to(tmp_path / "elsewhere/key.txt")

    def named(folder):
        return [e.path for e in find_artifacts(tmp_path / "app", TestArtifacts(baseDirectory=folder))]

    assert named("out") == []
    assert named("shots") == ["a.png"]


def test_artifacts_are_kept_only_where_the_spec_names_them(files, tmp_path):
    files("cypress/screenshots/a.png", "cypress/b.js", "dist/index.html")

    def named(**artifacts):
        return [e.path for e in find_artifacts(tmp_path, TestArtifacts.model_validate(artifacts))]

    assert named() == []
    assert named(configFilePath="x.json") == []
    assert named(baseDirectory="cypress", files=["**/*.png"]) == ["screenshots/a.png"]
