"""Files written by threads are all there at the end, or what went wrong is raised."""

import pytest

from engine.build import writers as module
from engine.build.archive import Entry
from engine.build.writers import Writers


def entry(**changes):
    return Entry(
        **{"path": "a", "file": "", "size": 0, "mtime": 7, "executable": False, "link": ""} | changes
    )


def test_all_are_there_at_the_end_of_the_block(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_FILES", 3)
    with Writers() as writers:
        for number in range(100):
            writers.put(str(tmp_path / str(number)), entry(executable=number == 5), str(number).encode())
        writers.put(str(tmp_path / "link"), entry(link="5"), b"")
    assert [(tmp_path / str(n)).read_text() for n in range(100)] == [str(n) for n in range(100)]
    assert {file.stat().st_mtime for file in tmp_path.iterdir()} == {7}
    assert [str(n) for n in range(100) if (tmp_path / str(n)).stat().st_mode & 0o111] == ["5"]
    assert (tmp_path / "link").readlink().name == "5"


@pytest.mark.parametrize("at", [0, 50, 99])
def test_what_a_thread_raised_is_raised(tmp_path, monkeypatch, at):
    monkeypatch.setattr(module, "_FILES", 1)
    with pytest.raises(FileNotFoundError), Writers() as writers:
        for number in range(100):
            name = "missing/x" if number == at else str(number)
            writers.put(str(tmp_path / name), entry(), b"x")


def test_an_error_of_the_block_is_its_own(tmp_path):
    with pytest.raises(KeyError), Writers() as writers:
        writers.put(str(tmp_path / "missing/x"), entry(), b"x")
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_is_there_is_never_written_through(tmp_path):
    (tmp_path / "a").symlink_to("outside")
    with pytest.raises(FileExistsError), Writers() as writers:
        writers.put(str(tmp_path / "a"), entry(), b"x")
    assert not (tmp_path / "outside").exists()
