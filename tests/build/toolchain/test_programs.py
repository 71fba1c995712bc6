from __future__ import annotations

import pytest

from engine.build.toolchain.commands import simple_commands
from engine.build.toolchain.programs import missing_programs


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("npm ci && hugo --minify", ["npm", "hugo"]),
        ("pip install mkdocs && mkdocs build", ["pip"]),
        ("curl -L https://x/hugo_0.1.tar.gz | tar xz; hugo", []),
        ("cd site && bundle exec jekyll build", ["bundle"]),
        ("hugo; hugo", ["hugo"]),
        ("pip3 install -r requirements.txt; mkdocs build", ["pip3"]),
        ("python3 -m pip install -r docs.txt; sphinx-build . out", ["python3"]),
        ("bundle install; jekyll build", ["bundle"]),
        ("mkdocs build; pip install mkdocs", ["mkdocs", "pip"]),
        ("./hugo && echo flutter", []),
    ],
)
def test_what_is_called_and_not_there(text, missing):
    assert list(missing_programs(simple_commands(text), "/nowhere")) == missing


def test_what_is_on_path_is_not_missing(tmp_path):
    (tmp_path / "hugo").write_text("#!/bin/sh\n")
    (tmp_path / "hugo").chmod(0o755)
    assert missing_programs(simple_commands("hugo"), str(tmp_path)) == {}
