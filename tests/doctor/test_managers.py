"""What the commands of package managers mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.doctor.managers import installs, is_frozen, script_of


@pytest.mark.parametrize(
    ("command", "script"),
    [
        ("npm run build", "build"),
        ("npm run-script build", "build"),
        ("npm --prefix web run build", "build"),
        ("npm run --loglevel error build", "build"),
        ("npm t", "test"),
        ("npm run build -- --base /x/", "build"),
        ("pnpm build", "build"),
        ("pnpm run deploy:all", "deploy:all"),
        ("pnpm exec vite", ""),
        ("yarn run build", "build"),
        ("yarn vite", ""),
        ("yarn --cwd web build", "build"),
        ("bun run build", "build"),
        ("bun build index.html", ""),
        ("npm run", ""),
        ("npm run lint --if-present", ""),
        ("npm run lint --workspace=a", ""),
        ("pnpm -r build", ""),
        ("node build", ""),
    ],
)
def test_scripts(command, script):
    assert script_of(command.split()) == script


@pytest.mark.parametrize(
    ("command", "is_install", "frozen"),
    [
        ("npm ci", True, True),
        ("npm ci --cache .npm --prefer-offline", True, True),
        ("npm install", True, False),
        ("npm install left-pad", False, False),
        ("npm i -g serve", False, False),
        ("yarn", True, False),
        ("yarn --immutable", True, False),
        ("yarn add x", False, False),
        ("pnpm i --frozen-lockfile", True, True),
        ("bun install", True, False),
        ("npm run ci", False, False),
        ("ls ci", False, False),
    ],
)
def test_installs(command, is_install, frozen):
    assert (installs(command.split()), is_frozen(command.split())) == (is_install, frozen)


WORDS = st.sampled_from(
    ["npm", "yarn", "run", "ci", "build", "--prefix", "-w", "--", "x", "", "--cache", "i"]
)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_no_command_is_too_odd(words):
    name = script_of(words)
    assert name in words or name in ("", "test")
    assert not (installs(words) and name)
