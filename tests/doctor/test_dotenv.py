from hypothesis import given
from hypothesis import strategies as st

from engine.doctor.dotenv import dotenv_files, entries

VALUES = st.text(
    st.characters(codec="ascii", exclude_categories=("Cc", "Cs"), exclude_characters="\"'`#"), max_size=30
)


def test_entries(tmp_path):
    (tmp_path / ".env").write_text("# note\nA=1\nexport B = 'x y' \nC=\n D=\"#1\"\nE=a # note\n1F=x\n")
    found = [(entry.name, entry.value, entry.line) for entry in entries(tmp_path, ".env")]
    assert found == [("A", "1", 2), ("B", "x y", 3), ("C", "", 4), ("D", "#1", 5), ("E", "a", 6)]
    assert not list(entries(tmp_path, "gone"))


def test_files():
    names = [
        ".env",
        ".env.local",
        ".env.production",
        ".env.example",
        ".env.sample",
        ".envrc.dist",
        "env",
        "a.env",
    ]
    assert dotenv_files(names) == (".env", ".env.local", ".env.production")


@given(st.dictionaries(st.from_regex(r"[A-Z][A-Z_]{0,9}", fullmatch=True), VALUES, max_size=5))
def test_what_is_written_is_read(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("env")
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    assert {entry.name: entry.value for entry in entries(folder, ".env")} == {
        name: value.strip() for name, value in values.items()
    }
