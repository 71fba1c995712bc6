from __future__ import annotations

from engine.build.archive import Entry
from engine.build.reports import keep as module
from engine.build.reports.keep import keep


def entry(tmp_path, name: str, size: int) -> Entry:
    file = tmp_path / name
    file.write_bytes(b"x" * size)
    return Entry(f"shots/{name}", str(file), size, 0, 0o644, "")


def test_files_are_kept_by_their_paths_up_to_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    events = []
    entries = [entry(tmp_path, name, size) for name, size in (("a", 4), ("big", 20), ("c", 6))]
    assert keep(entries, tmp_path / "kept", events.append) == 2
    assert sorted(file.name for file in (tmp_path / "kept/shots").iterdir()) == ["a", "c"]
    assert "1 files of the tests were not kept" in events[0].message


def test_a_file_that_went_away_is_told(tmp_path):
    events = []
    gone = Entry("gone.png", str(tmp_path / "gone.png"), 1, 0, 0o644, "")
    assert keep([gone], tmp_path / "kept", events.append) == 0
    assert len(events) == 1
