from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.build.toolchain.commands import simple_commands


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("npm ci", [("npm", "ci")]),
        ("nvm use 20 || nvm install 20", [("nvm", "use", "20"), ("nvm", "install", "20")]),
        ("# nvm use 18", []),
        ("nvm use 20 # the newest", [("nvm", "use", "20")]),
        ("A=1 CI=false npm run build", [("npm", "run", "build")]),
        ("if [ -f x ]; then hugo; fi", [("[", "-f", "x", "]"), ("hugo",), ("fi",)]),
        ('echo "a && b" && yarn', [("echo", "a && b"), ("yarn",)]),
        ("(cd web && pnpm i)\nbun run x", [("cd", "web"), ("pnpm", "i"), ("bun", "run", "x")]),
        ("npm i \\\n  -g pnpm", [("npm", "i", "-g", "pnpm")]),
        ("sudo time make", [("make",)]),
        ("cat <<E\nit's\nE\nhugo", [("cat", "<<E"), ("it's",), ("E",), ("hugo",)]),
        ("echo a#b", [("echo", "a#b")]),
    ],
)
def test_simple_commands(text, commands):
    assert list(simple_commands(text)) == commands


@given(st.text())
def test_any_text_gives_commands_with_a_first_word(text):
    assert all(words for words in simple_commands(text))
