from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from engine.build.masking import Mask
from engine.build.output import LONGEST_LINE, TAIL, Lines


def lines_of(*chunks: bytes, secrets: tuple[str, ...] = ()) -> list[str]:
    shown: list[str] = []
    lines = Lines(Mask(secrets), shown.append)
    for chunk in chunks:
        lines.feed(chunk)
    lines.flush()
    return shown


@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=5))
def test_where_chunks_end_changes_nothing(data, cuts):
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    chunks = [data[a:b] for a, b in itertools.pairwise(edges)]
    assert lines_of(*chunks) == lines_of(data)


def test_a_secret_across_two_chunks_is_masked():
    assert lines_of(b"a sec", b"ret-value b\n", secrets=("secret-value",)) == ["a *** b"]


def test_a_long_line_is_cut_and_the_next_one_is_whole():
    first, second = lines_of(b"x" * 9000, b"x" * 9_000_000, b"\nnext\n")
    assert first == "x" * LONGEST_LINE + "…"
    assert second == "next"


def test_a_line_of_just_the_limit_is_not_cut():
    assert lines_of(b"x" * LONGEST_LINE) == ["x" * LONGEST_LINE]


def test_carriage_returns_leave_what_a_terminal_would_show():
    assert lines_of(b"10%\r50%\r100%\nwindows\r\n") == ["100%", "windows"]


def test_the_tail_is_bounded_and_taken_once():
    lines = Lines(Mask(()), lambda text: None)
    lines.feed(b"".join(b"%d\n" % n for n in range(TAIL + 50)))
    assert lines.take_tail() == tuple(str(n) for n in range(50, TAIL + 50))
    assert lines.take_tail() == ()
