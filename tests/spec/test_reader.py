import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SpecError, UsageError, Where
from engine.spec import limits
from engine.spec.reader import Document, parse, read


def refused(text):
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(SpecError) as caught:
        parse(data, "f")
    (problem,) = caught.value.problems
    return problem.rule, problem.where.line, problem.where.column


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a:\n\t- b\n", "tab", 2, 1),
        ("a: b\n  \tc: d\n", "tab", 2, None),
        ("a:\n  - *enter command*\n", "alias", 2, 5),
        ("a:\n  - **/*\n", "alias", 2, 6),
        ("a: *missing\n", "alias", 1, 4),
        ("a: &a [*a]\n", "alias", 1, 8),
        ("a: @x\n", "quote", 1, 4),
        ("a: `x`\n", "quote", 1, 4),
        ("a:\n  - 'x',\n  - 'y'\n", "comma", 2, 8),
        ("a: b\nc: 'x\nd: e\n", "unclosed", 2, 4),
        ('a: "\\q"\n', "escape", 1, None),
        ("a:\n  - echo: b: c\n", "colon", 2, 12),
        ("a: 1\nb: {c: d\n", "bracket", 2, 4),
        ("a:\n  - b\n - c\n", "indentation", 3, 2),
        ("a: - b\n", "indentation", 1, 4),
        ("a:\n  - !node_modules/**\n", "tag", 2, 5),
        ("a: !Ref b\n", "tag", 1, 4),
        ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", "merge-conflict", 2, 1),
        ("a: 1\r\n<<<<<<< HEAD\r\nb: 1\r\n=======\r\n>>>>>>> x\r\n", "merge-conflict", 2, 1),
        ("a: b\n---\nc: d\n", "documents", 2, 1),
        ("? [a]\n: b\n", "key", 1, 3),
        ("~: b\n", "key", 1, 1),
        ("a:\n  <<: text\n", "merge", 2, 7),
        ('a: "\\0"\n', "character", 1, 4),
        ("a: 1\nb: \x01\n", "character", 2, None),
        ("", "empty", None, None),
        ("# only a comment\n", "empty", None, None),
        (b"a: 1\nb: \xff\n", "encoding", 2, None),
        ("a: 1".encode("utf-16"), "encoding", None, None),
    ],
)
def test_what_is_no_yaml_is_told_with_its_place(text, rule, line, column):
    found = refused(text)
    assert found[:2] == (rule, line)
    assert column is None or found[2] == column


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 [x, x, x]\n"
        + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12)),
        "[" * 500_000,
        "{" * 500_000,
        "- " * 400_000,
        "? " * 400_000,
        "a: [" + "b," * 400_000 + "]",
        "".join(f"k{i}: 1\n" for i in range(60_000)),
        "a" * (limits.FILE_BYTES + 1),
    ],
    ids=["laughs", "lists", "maps", "items", "keys", "wide", "long", "big"],
)
def test_a_hostile_file_is_refused(text):
    rule, _, _ = refused(text)
    assert rule == "too-large"


@pytest.mark.parametrize("written", ["0.10", "20.10", "no", "010", "12:30", "2020-01-01", "1e3", "=", "0x1F"])
def test_a_scalar_stays_as_it_was_written(written):
    assert parse(f"a: {written}\nb: '{written}'".encode(), "f").value == {"a": written, "b": written}


@pytest.mark.parametrize(
    ("written", "value"), [("", None), ("~", None), ("null", None), ("'~'", "~"), ("''", "")]
)
def test_nothing_is_none_unless_quoted(written, value):
    assert parse(f"a: {written}\n".encode(), "f").value == {"a": value}


def test_a_key_has_its_place_and_an_alias_the_place_of_its_use():
    document = parse(b"a: &x\n  b: 1\nc:\n  d: *x\nlist:\n- one\n- two: 2\n", "f")
    assert document.where("c.d") == Where("f", 4, 3)
    assert document.where("c.d.b") == Where("f", 2, 3)
    assert document.where("list[1].two") == Where("f", 7, 3)
    assert document.where("no.such") == Where("f")


def test_merge_keys_give_what_the_mapping_has_not_itself():
    text = b"a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\n"
    assert parse(text, "f").value["c"] == {"x": "3", "y": "1", "z": "2"}


@pytest.mark.parametrize(
    "text", [b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", b"\na: 1\nb: 2", b"%YAML 1.1\n---\na: 1\nb: 2\n...\n"]
)
def test_byte_order_mark_line_ends_and_directives_make_no_difference(text):
    assert parse(text, "f").value == {"a": "1", "b": "2"}


def test_a_duplicate_key_names_both_lines_and_its_path(tmp_path):
    document = parse(b"a:\n  b: 1\n  c: 2\n  b: 3\nd: 1\nd: 2\n", "f")
    first, second = document.problems
    assert (first.rule, first.key, first.where.line) == ("duplicate-key", "a.b", 4)
    assert "line 2" in first.message
    assert (second.key, second.where.line) == ("d", 6)
    path = tmp_path / "policy.yaml"
    path.write_text("a: 1\na: 2\n")
    with pytest.raises(SpecError):
        read(path)


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(UsageError, match="cannot read"):
        read(tmp_path / "none.yml")
    with pytest.raises(UsageError, match="cannot read"):
        read(tmp_path)


def _outcome(data):
    try:
        return parse(data, "f")
    except SpecError as error:
        return error


@given(st.one_of(st.text(), st.text(alphabet=" \t\n-:[]{},&*!|>'\"#%@`?<=~ab0")))
def test_any_text_is_read_or_refused(text):
    found = _outcome(text.encode("utf-8", "surrogatepass"))
    assert isinstance(found, Document) or found.problems[0].message


@given(st.binary())
def test_any_bytes_are_read_or_refused(data):
    assert isinstance(_outcome(data), Document | SpecError)


TREES = st.recursive(
    st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcx-_ ", min_size=1), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.text("abc", min_size=1), TREES, min_size=1), st.booleans())
def test_what_yaml_writes_is_read_back(tree, flow):
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow)
    assert parse(text.encode(), "f").value == tree
