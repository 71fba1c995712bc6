import os

from engine.local.emulator.record import Record, read, write
from engine.process import started


def test_what_was_written_is_read(tmp_path):
    record = Record(4610, os.getpid(), started(os.getpid()), 12.5)
    write(tmp_path, record)
    assert read(tmp_path) == record
    assert record.alive


def test_a_process_id_that_was_reused_is_not_the_emulator():
    assert not Record(4610, os.getpid(), "another boot/1", 0.0).alive
    assert not Record(4610).alive


def test_a_file_that_is_missing_or_broken_is_no_record(tmp_path):
    assert read(tmp_path) is None
    for text in ("", "{", "[]", '{"port": 1, "surprise": 2}'):
        (tmp_path / "emulator.json").write_text(text)
        assert read(tmp_path) is None
