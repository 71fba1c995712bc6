"""The scanner finds what is read and imported, and never stumbles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.doctor.sources import LARGEST, imports_in, line_at, reads_in, scan, scan_all

NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,20}", fullmatch=True)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import.meta.env.A", [("A", "import.meta")]),
        ("import.meta.env?.A", [("A", "import.meta")]),
        ("import.meta.env['A']", [("A", "import.meta")]),
        ('process.env["A"] + process.env.B', [("A", "process"), ("B", "process")]),
        ("const { A, B: b, C = 1 } = process.env;", [("A", "process"), ("B", "process"), ("C", "process")]),
        ("const { A } = process.env.B", [("B", "process")]),
        ("import { A, B as b } from '$env/static/public'", [("A", "$env"), ("B", "$env")]),
        ("import { env } from '$env/dynamic/public'", []),
        ("process.env.A = 1", []),
        ("process.env.A == 1", [("A", "process")]),
        ("  // process.env.A", []),
        (" * process.env.A", []),
        ("call(); // process.env.A", []),
        ("fetch('https://x/' + process.env.A)", [("A", "process")]),
        ("const { ...rest } = process.env", []),
    ],
)
def test_reads(code, found):
    assert [(read.name, read.way) for read in reads_in(code.encode())] == found


@pytest.mark.parametrize(
    ("code", "optional"),
    [
        ("process.env.A || 'x'", True),
        ("process.env.A\n  ?? 'x'", True),
        ("process.env.A === 'x'", True),
        ("process.env.A ? 1 : 2", True),
        ("!process.env.A", True),
        ("if (process.env.A) {", True),
        ("const { A = 'x' } = process.env", True),
        ("fetch(process.env.A)", False),
        ("process.env.A?.trim()", False),
        ("`${process.env.A}/x`", False),
    ],
)
def test_what_has_a_default_is_optional(code, optional):
    assert [read.optional for read in reads_in(code.encode())] == [optional]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import a from './a'", ["./a"]),
        ("import './a.css'", ["./a.css"]),
        ("import {\n  a,\n} from '../a'", ["../a"]),
        ("export * from \"./a\"", ["./a"]),
        ("const a = await import( './a' )", ["./a"]),
        ("require('./a')", ["./a"]),
        ("import a from './a.svg?react'", ["./a.svg"]),
        ("import a from 'a'; const b = './b'", []),
        ("require( './a#x' )", ["./a"]),
    ],
)  # fmt: skip
def test_imports(code, found):
    assert [imported.path for imported in imports_in(code.encode())] == found


@given(
    NAMES,
    st.text(max_size=40).filter(lambda text: "/" not in text and "*" not in text),
    st.sampled_from("\n;( "),
)
def test_a_read_is_found_wherever_it_stands(name, before, mark):
    data = f"{before}\n{mark}import.meta.env.{name};".encode(errors="ignore")
    assert name in [read.name for read in reads_in(data)]


@given(
    st.binary(max_size=400) | st.text("imporequ.mtaenv{}='\"/()?\n AB$static", max_size=400).map(str.encode)
)
def test_no_text_is_too_odd(data):
    for found in (*reads_in(data), *imports_in(data)):
        assert 0 <= found.offset <= len(data)


def test_files(tmp_path):
    (tmp_path / "a.ts").write_text("\n\nprocess.env.A")
    (tmp_path / "b.min.js").write_text("process.env.A")
    (tmp_path / "c.css").write_text("process.env.A")
    (tmp_path / "d.js").write_text("nothing")
    (tmp_path / "e.js").write_text("process.env.A" + " " * LARGEST)
    files = ["a.ts", "b.min.js", "c.css", "d.js", "e.js", "gone.js"]
    (source,) = scan_all(tmp_path, files)
    assert source == scan(tmp_path, "a.ts")
    assert line_at(tmp_path, "a.ts", source.reads[0].offset) == 3
