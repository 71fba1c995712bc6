"""What a function is made from, and the digest that stands for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SpecError, Where
from engine.functions.sources import refuse_missing, source_digest, sources_of
from engine.spec.backend.functions import Function


def function(**settings):
    return Function(**{"source": "f", "handler": "app.handler", "runtime": "python3.12", **settings})


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "app.py").write_text("def handler(event, context): ...")
    return tmp_path


def digest(folder, **settings):
    return source_digest(function(**settings), sources_of(folder))


def test_what_tools_keep_is_no_source(folder):
    for kept in ("node_modules/x.js", "__pycache__/app.pyc", ".git/HEAD", ".venv/bin/python", "a.pyc"):
        (folder / kept).parent.mkdir(parents=True, exist_ok=True)
        (folder / kept).write_text("x")
    assert [source.path for source in sources_of(folder)] == ["app.py"]


def test_files_modes_and_what_shapes_the_archive_change_the_digest(folder):
    found = [digest(folder), digest(folder, runtime="python3.13"), digest(folder, architecture="arm64")]
    found.append(digest(folder, commands=("make",)))
    (folder / "app.py").chmod(0o755)
    found.append(digest(folder))
    (folder / "app.py").write_text("changed")
    found.append(digest(folder))
    (folder / "app.py").rename(folder / "main.py")
    found.append(digest(folder))
    assert len(set(found)) == len(found)


def test_what_the_archive_does_not_depend_on_leaves_it(folder):
    assert digest(folder) == digest(folder, memory=1024, timeout=30, environment={"AB": "b"})


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}(/[a-z]{1,4})?", fullmatch=True), st.binary(), max_size=4))
def test_no_two_trees_share_a_digest(tmp_path_factory, files):
    def of(contents):
        folder = tmp_path_factory.mktemp("tree")
        for name, content in contents.items():
            path = folder / "d" / name.replace("/", "_")
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        return digest(folder)

    assert of(files) == of(files)
    assert of(files) != of({**files, "extra": b""})


@pytest.mark.parametrize(
    ("settings", "rule"),
    [({"handler": "main.handler"}, "no-handler"), ({"runtime": "nodejs22.x"}, "no-handler")],
)
def test_a_handler_whose_file_is_missing_is_told_with_its_line(folder, settings, rule):
    with pytest.raises(SpecError) as error:
        refuse_missing("work", function(**settings), folder, Where("amplify.yml", 7))
    (problem,) = error.value.problems
    assert (problem.rule, problem.where.line) == (rule, 7)


def test_what_is_compiled_first_need_not_be_there(folder):
    refuse_missing("work", function(runtime="nodejs22.x", commands=("npx tsc",)), folder, None)


def test_a_folder_that_is_not_there_is_told(folder):
    with pytest.raises(SpecError, match="there is no folder f"):
        refuse_missing("work", function(), folder / "nowhere", None)
