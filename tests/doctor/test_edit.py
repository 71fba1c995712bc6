import pytest

from engine.doctor.edit import Edit, apply


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [("b", "c", "a\r\nc # x\r\nb"), ("b # x", "", "a\r\nb"), ("b", "b\n", "a\r\nb\n # x\r\nb")],
)
def test_a_line_changes(tmp_path, before, after, text):
    file = tmp_path / "file"
    file.write_bytes(b"a\r\nb # x\r\nb")
    assert apply(Edit(file, 2, before, after))
    assert file.read_bytes() == text.encode()


@pytest.mark.parametrize(("line", "before"), [(2, "c"), (9, "b"), (1, "aa"), (3, "b")])
def test_what_is_not_there_stays(tmp_path, line, before):
    file = tmp_path / "file"
    file.write_text("a\nb\nbb\n")
    assert not apply(Edit(file, line, before, "x"))
    assert file.read_text() == "a\nb\nbb\n"


def test_a_file_is_made_once(tmp_path):
    edit = Edit(tmp_path / ".nvmrc", None, "", "22\n")
    assert apply(edit)
    assert not apply(edit)
    assert (tmp_path / ".nvmrc").read_text() == "22\n"
