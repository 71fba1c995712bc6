"""Every piece of YAML on a page is right: as an amplify.yml, as a policy, or at least as YAML."""

import re
import textwrap
from pathlib import Path

import pytest
import yaml

from engine.environment.policy import Policy
from engine.spec.examine import examine_spec
from engine.spec.model import SpecFile

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^( *)```yaml[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
KEYS = {field.alias or name for name, field in SpecFile.model_fields.items()}


def pieces():
    for page in PAGES:
        for number, (_, text) in enumerate(BLOCK.findall(page.read_text())):
            yield pytest.param(textwrap.dedent(text), id=f"{page.name}-{number}")


@pytest.mark.parametrize("text", [*pieces()])
def test_a_piece_of_yaml_is_right(text):
    value = yaml.safe_load(text)
    if isinstance(value, dict) and value.keys() <= set(Policy.model_fields):
        Policy.model_validate(value)
    elif isinstance(value, dict) and value.keys() <= KEYS:
        whole = (
            text
            if value.keys() & {"frontend", "applications"}
            else f"{text}\nfrontend: {{artifacts: {{baseDirectory: dist}}}}\n"
        )
        problems = examine_spec(whole.encode(), "amplify.yml").problems
        assert not [problem for problem in problems if problem.severity == "error"]


def test_there_are_pieces_of_both():
    values = [yaml.safe_load(param.values[0]) for param in pieces()]
    mappings = [value for value in values if isinstance(value, dict)]
    assert any(value.keys() <= KEYS for value in mappings)
    assert any(value.keys() <= set(Policy.model_fields) for value in mappings)
