import pytest

RULE = "file-case"


def test_good(look):
    assert not look(RULE, {"src/Button.jsx": "", "src/button.css": ""}, git=True)


def test_bad(look, tmp_path):
    (tmp_path / "a").touch()
    if (tmp_path / "A").exists():
        pytest.skip("this file system knows no case")
    (found,) = look(RULE, {"src/Button.jsx": "", "src/button.jsx": ""}, git=True)
    assert found.where.file.endswith("src/button.jsx")
