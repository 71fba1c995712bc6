import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.names import default_app, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("notes", "notes"),
        ("My App", "my-app"),
        ("feature/Login_Form", "feature-login-form"),
        ("--a--", "a"),
        ("Café", "cafe"),
        ("日本", "x"),
        ("", "x"),
        ("a" * 50, "a" * 40),
        ("a" * 39 + "-b", "a" * 39),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


@given(st.text(), st.integers(1, 63))
def test_a_slug_is_a_dns_label_and_stays_what_it_is(text, limit):
    made = slug(text, limit)
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", made)
    assert len(made) <= limit
    assert slug(made, limit) == made


CONFIG = """[core]
\tbare = false
[remote "upstream"]
\turl = https://example.com/other/elsewhere.git
[remote "origin"]
\tfetch = +refs/heads/*:refs/remotes/origin/*
\turl = {url}
[branch "main"]
\turl = nonsense
"""


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/team/My.Notes.git",
        "git@example.com:team/my-notes.git",
        "git@example.com:my-notes",
        "ssh://git@example.com:2222/team/my-notes/",
        "/srv/git/my-notes.git",
    ],
)
def test_the_default_name_is_the_origins(tmp_path, url):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text(CONFIG.format(url=url))
    assert default_app(tmp_path) == "my-notes"


def test_a_worktree_has_its_repositorys_name(tmp_path):
    repository, worktree = tmp_path / "repository", tmp_path / "worktree"
    own = repository / ".git/worktrees/w"
    own.mkdir(parents=True)
    worktree.mkdir()
    (repository / ".git/config").write_text(CONFIG.format(url="https://example.com/notes.git"))
    (own / "commondir").write_text("../..\n")
    (worktree / ".git").write_text(f"gitdir: {own}\n")
    assert default_app(worktree) == "notes"


@pytest.mark.parametrize("config", [None, "", '[remote "origin"]\n', "\xff[[[\n"])
def test_without_an_origin_it_is_the_folders_name(tmp_path, config):
    folder = tmp_path / "Plain Site"
    (folder / ".git").mkdir(parents=True)
    if config is not None:
        (folder / ".git/config").write_text(config)
    assert default_app(folder) == "plain-site"
