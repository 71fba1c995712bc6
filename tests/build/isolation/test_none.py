"""No isolation changes nothing."""

from engine.build.isolation.model import Folders
from engine.build.isolation.none import NoIsolation
from engine.build.launch import Launch


def test_the_command_is_as_it_was(tmp_path):
    NoIsolation().check()
    launch = Launch(("bash", "driver"), {"A": "1"})
    assert NoIsolation().wrap(launch, Folders(tmp_path, tmp_path, tmp_path)) is launch
