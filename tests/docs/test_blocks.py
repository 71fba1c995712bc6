"""The blocks that pages take from the code say all that the code has."""

import re
from pathlib import Path

import pytest

from engine import errors, events
from engine.cli.main import VERBS
from engine.detection.frameworks import FRAMEWORKS
from engine.doctor.documents import documents
from engine.plan.why import BACKEND_WHY, DOMAIN_WHY, WHY
from engine.reference import policy_keys, spec_keys
from engine.shipped import shipped
from tools.docs.blocks import BLOCKS
from tools.docs.markdown import anchor, prose
from tools.docs.verbs import contexts

PAGES = Path(__file__).parents[2] / "docs"
MARK = re.compile(r"<!-- from the code: ([\w-]+) -->")


@pytest.fixture(scope="module")
def blocks():
    return {name: make() for name, make in BLOCKS.items()}


def test_every_block_is_on_a_page_and_every_mark_is_a_block():
    asked = [name for page in PAGES.rglob("*.md") for name in MARK.findall(page.read_text())]
    assert sorted(asked) == sorted(BLOCKS)


@pytest.mark.parametrize(
    ("block", "keys"), [("keys-of-the-spec", spec_keys()), ("keys-of-policies", policy_keys()[1:])]
)
def test_every_key_has_an_anchor_and_its_words(blocks, block, keys):
    for doc in keys:
        _, _, entry = blocks[block].partition(f"{{ #{anchor(doc.key)} }}")
        assert prose(doc.description) in entry.split("\n#")[0]
        assert all(example.split(": ")[-1] in entry for example in doc.examples)


def test_every_verb_and_option(blocks):
    for context in contexts():
        _, _, entry = blocks["verbs"].partition(f"{{ #{anchor(context.command_path)} }}\n")
        entry = entry.split("\n## ")[0]
        for option in context.command.params:
            long = next((name for name in option.opts if name.startswith("--")), None)
            assert long is None or long in entry, (context.command_path, long)
        assert f"\n{context.command_path}" in entry
    assert {f"windlass {verb}" for verb in VERBS} <= {context.command_path for context in contexts()}


def test_every_error_and_its_exit_code(blocks):
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, errors.WindlassError)]
    for kind in kinds[1:]:
        assert f"| {kind.exit_code} | `{kind.code}` | `{kind.__name__}` |" in blocks["exit-codes"]
    assert "| 0 |" in blocks["exit-codes"]


def test_every_event(blocks):
    for kind in events.Event.__subclasses__():
        assert f"| `{events.name_of(kind)}` | `{kind.__name__}` |" in blocks["events"]


def test_every_resource_policy_framework_and_check(blocks):
    assert all(f"`{name}`" in blocks["resources"] for name in WHY)
    assert all(f"`{name}`" in blocks["backend-resources"] for name in BACKEND_WHY)
    assert all(f"`{name}`" in blocks["domain-resources"] for name in DOMAIN_WHY)
    assert all(file.read_text().strip() in blocks["shipped-policies"] for file in shipped("stacks").iterdir())
    assert all(f"| {framework.name} |" in blocks["frameworks"] for framework in FRAMEWORKS)
    assert all(rule.name in blocks["checks"] for rule in documents())


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("see :class:`~engine.run.Run`", "see `Run`"),
        ("``a <b>`` and <c>", "`a <b>` and &lt;c&gt;"),
        ("2 * 3_4 [x]", r"2 \* 3\_4 \[x\]"),
    ],
)
def test_prose_is_text_but_for_its_code(text, markdown):
    assert prose(text) == markdown
