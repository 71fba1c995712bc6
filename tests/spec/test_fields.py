import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.fields import folder
from engine.spec.model import Header, Redirect
from engine.spec.phases import Phase


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("dist", "dist"),
        ("/dist", "dist"),
        ("./dist/", "dist"),
        ("/", ""),
        (".", ""),
        ("./", ""),
        ("", ""),
        ("//a//b/", "a/b"),
        ("a/../b", "b"),
        ("apps/web ", "apps/web"),
        ("..a/...", "..a/..."),
    ],
)
def test_folder(written, meant):
    assert folder(written) == meant


@pytest.mark.parametrize("written", ["..", "../a", "a/../..", "/..", "/../a", "a\0b", "a\nb"])
def test_a_folder_that_leaves_or_is_no_path(written):
    with pytest.raises(ValueError, match=r"leaves|one line"):
        folder(written)


@given(st.text("ab./"))
def test_a_folder_never_leaves_and_stays_what_it_is(written):
    try:
        meant = folder(written)
    except ValueError:
        return
    assert not meant.startswith("/")
    assert ".." not in meant.split("/")
    assert folder(meant) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [(None, ()), ("a", ("a",)), (["a", None, " ", "b"], ("a", "b")), ([1, True], ("1", "true")), ([], ())],
)
def test_commands_are_a_list_however_they_are_written(written, meant):
    assert Phase.model_validate({"commands": written}).commands == meant


def test_a_header_value_on_many_lines_is_one_line():
    assert Header(key="Content-Security-Policy", value="default-src 'self';\nimg-src *\n").value == (
        "default-src 'self'; img-src *"
    )


@pytest.mark.parametrize("source", ["/a", "/<*>", "https://a.b", "</^[^.]+$/>"])
def test_sources(source):
    assert Redirect(source=source, target="/b", status=404).status == "404"
