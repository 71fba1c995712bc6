"""Importing the library costs nothing and does nothing."""

import subprocess
import sys

import engine

HEAVY = ("pulumi", "boto3", "pydantic", "rich", "obstore", "httpx", "yaml", "asyncio")


def loaded(statement):
    code = f"import sys; {statement}; print([m for m in {HEAVY!r} if m in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_package_loads_nothing():
    assert loaded("import engine") == "[]"


def test_the_help_loads_click_and_little_else():
    assert (
        loaded(
            "from click.testing import CliRunner; from engine.cli.main import cli; "
            "assert CliRunner().invoke(cli, ['--help']).exit_code == 0"
        )
        == "[]"
    )


def test_a_check_loads_what_reads_yaml_and_nothing_that_deploys(tmp_path):
    (tmp_path / "amplify.yml").write_text("version: 1\nfrontend: {artifacts: {baseDirectory: public}}\n")
    statement = f"from pathlib import Path; from engine.check import check; check(Path({str(tmp_path)!r}))"
    assert loaded(statement) == "['pydantic', 'yaml']"


def test_the_engine_loads_what_builds_and_provisions_when_it_is_needed():
    assert loaded("import engine.engine") == "['pydantic', 'yaml', 'asyncio']"
    heavy = "('engine.build.runner', 'engine.publish.upload', 'engine.publish.prune')"
    code = f"import sys, engine.engine; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_everything_public_is_there():
    assert sorted(engine.__all__) == engine.__all__
    for name in engine.__all__:
        assert getattr(engine, name).__name__ == name
        assert getattr(engine, name).__doc__
