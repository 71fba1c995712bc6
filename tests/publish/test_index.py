from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import PublishError
from engine.publish.index import ENTRY, encoded, file_index, fnv1a


@dataclass(frozen=True)
class File:
    path: str
    fingerprinted: bool = False


@pytest.mark.parametrize(("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_fnv1a_gives_the_published_values(text, value):
    assert fnv1a(text) == value


@given(st.text(st.characters(codec="ascii")), st.text(st.characters(codec="ascii")))
def test_fnv1a_can_be_continued(first, second):
    assert fnv1a(second, fnv1a(first)) == fnv1a(first + second)


def test_paths_are_encoded_as_javascript_does_it():
    assert encoded("a b/é+%~!*'().js") == "a%20b/%C3%A9%2B%25~!*'().js"
    with pytest.raises(PublishError, match="not UTF-8"):
        encoded("a\udcff")


@pytest.mark.parametrize("count", [0, 1, 200, 20_000])
def test_every_bucket_fits_into_a_value(count):
    index = file_index(File(f"folder-{n % 97}/page-{n}.html") for n in range(count))
    assert max(map(len, index)) <= 1000
    assert min(map(len, index)) >= 1
    assert sum(len(bucket) for bucket in index if bucket != "-") == ENTRY * count
    assert len(index) <= count // 100 + 1


def test_names_of_one_page_share_a_bucket():
    others = [File(f"f{n}") for n in range(1000)]
    before = file_index(others)
    after = file_index([*others, File("about"), File("about.html"), File("about/index.html")])
    assert len(before) == len(after)
    assert [len(new) - len(old) for old, new in zip(before, after, strict=True) if new != old] == [3 * ENTRY]


def test_the_kind_of_a_file_shows():
    assert file_index([File("a.js", True)]) != file_index([File("a.js", False)])


def test_files_that_cannot_be_told_apart_by_stem_are_refused():
    with pytest.raises(PublishError, match="differ only in"):
        file_index(File("a" + "/index" * n) for n in range(200))
