"""The site builds with every link checked, and loads nothing from elsewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADED = re.compile(
    r"""<(?:script|img|iframe|link(?=[^>]*rel="?(?:stylesheet|preload|preconnect))[^>]*?)\s[^>]*?(?:src|href)="?(https?:)?//"""
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    pytest.importorskip("mkdocs")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_pages_load_nothing_from_elsewhere(site):
    pages = [*site.rglob("*.html")]
    assert len(pages) > 10
    for page in pages:
        assert not LOADED.search(page.read_text()), page
    for sheet in [*site.rglob("*.css"), *site.rglob("*.svg")]:
        assert not re.search(r"url\(\s*['\"]?https?:", sheet.read_text()), sheet


def test_no_mark_and_no_role_is_left(site):
    for page in site.rglob("*.html"):
        text = page.read_text()
        assert "from the code:" not in text, page
        assert not re.search(r":(class|func|meth|mod|data|attr):", text), page
