import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.doctor.edit import apply
from engine.doctor.rules.import_case import joined

RULE = "import-case"


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("import A from './A'", "src/A.jsx"),
        ("import A from './A/'", "src/A/index.ts"),
        ("import './a.css'", "src/a.css"),
        ("const a = require('../lib/a')", "lib/a.js"),
        ("import a from './a.js'", "src/a.ts"),
        ("import url from './Logo.svg?url'", "src/Logo.svg"),
        ("import gone from './gone'", "src/other.js"),
        ("// import A from './a'", "src/A.js"),
        ("const path = './a'", "src/A.js"),
        ("import a from './data.JSON'", "src/data.JSON"),
        ("import a from '@/A'", "src/A.js"),
        ("import a from '@/a'", "lib/A.js"),
    ],
)
def test_good(look, code, file):
    config = '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}'
    assert not look(RULE, {"src/main.js": code, file: "", "src/data.json": "", "tsconfig.json": config})


def test_good_with_what_a_tool_wrote(look):
    files = {
        "src/main.js": "import './Made'",
        "src/Made.js": "",
        "src/made.js": "",
        ".gitignore": "Made.js\n",
    }
    assert not look(RULE, files, git=True)


@pytest.mark.parametrize("git", [True, False])
@pytest.mark.parametrize(
    ("code", "file", "right"),
    [
        ("import A from './button'", "src/Button.jsx", "./Button"),
        ("export * from './Button.tsx'", "src/button.tsx", "./button.tsx"),
        ("const a = await import('../Lib/a')", "lib/a.js", "../lib/a"),
        ("import Logo from './logo.svg?react'", "src/Logo.svg", "./Logo.svg"),
        ("import x from './Nav'", "src/nav/index.ts", "./nav"),
        ("import x from './Api.js'", "src/api.ts", "./api.js"),
        ("import x from '@/UI/button'", "src/ui/Button.tsx", "@/ui/Button"),
        ("import x from '../SRC/./button'", "src/Button.tsx", "../src/./Button"),
    ],
)
def test_bad_and_mended(look, tmp_path, code, file, right, git):
    config = '{"compilerOptions": { // what @ is\n "baseUrl": ".", "paths": {"@/*": ["src/*"]},},}'
    (found,) = look(RULE, {"src/main.js": f"\n{code}\n", file: "", "tsconfig.json": config}, git=git)
    assert found.where.line == 2
    assert found.edit.in_source
    assert apply(found.edit)
    assert right in (tmp_path / "src/main.js").read_text()
    assert not look(RULE, {})


PARTS = st.lists(st.sampled_from(["a", "b.js", ".", "..", ".c", ""]), max_size=5)


@given(
    PARTS.filter(lambda parts: not {".", "..", ""} & set(parts)),
    st.sampled_from(["./", "../"]),
    PARTS.filter(any),
)
def test_paths_are_joined_as_posixpath_does(folder, begin, rest):
    path = begin + "/".join(rest)
    right = posixpath.normpath(posixpath.join("/".join(folder), path))
    assert joined("/".join(folder), path) == right
