"""Nothing that stands in a file makes detection fail."""

import json
import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from engine.detection.applications import applications
from engine.detection.detect import detect
from engine.detection.frameworks import FRAMEWORKS
from engine.detection.literals import literals
from engine.errors import UsageError

NAMES = [name for framework in FRAMEWORKS for name in framework.packages]
KEYS = [
    "name",
    "scripts",
    "dependencies",
    "devDependencies",
    "workspaces",
    "packageManager",
    "engines",
    "volta",
]
WORDS = st.sampled_from(
    [*NAMES, "build", "generate", "node", "packages", "apps/*", "../*", "**", "pnpm@9", ""]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=8,
)
CONFIGS = ["angular.json", "project.json", "nx.json", "vite.config.ts", "app.json", "mkdocs.yml", "hugo.toml"]


@given(
    st.dictionaries(st.sampled_from(KEYS), VALUES) | VALUES, st.dictionaries(st.sampled_from(CONFIGS), VALUES)
)
def test_values_of_any_type(package, configs):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, value in {"package.json": package, **configs}.items():
            (folder / file).write_text(json.dumps(value))
        assert detect(folder).rendering in ("static", "server")
        try:
            assert applications(folder)
        except UsageError as error:
            assert error.hint


@example("``:")
@given(st.text(alphabet="ab:{}[](),;=>?'\"`$\\/*\n -1", max_size=60))
def test_no_text_is_too_odd_to_read(text):
    for way, value in literals(text):
        assert all(way) or way == ()
        assert isinstance(value, str)


def test_a_file_that_is_nested_without_end(tmp_path):
    for name in ("package.json", "angular.json"):
        (tmp_path / name).write_text("[" * 100_000)
    assert detect(tmp_path).framework is None


def test_links_that_go_in_a_circle(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "package.json").symlink_to(tmp_path / "package.json")
    assert detect(tmp_path).framework is None
