from importlib.metadata import PackageNotFoundError

import pytest

from engine.errors import PrerequisiteError
from engine.local.emulator import patches


def test_the_installed_ministack_is_the_one_that_is_patched():
    patches.check_version()


def test_a_missing_ministack_is_named_with_the_way_to_get_it(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(patches, "version", missing)
    with pytest.raises(PrerequisiteError) as error:
        patches.check_version()
    assert error.value.hint == "install Windlass with its extra `local`"


def test_another_version_is_refused(monkeypatch):
    monkeypatch.setattr(patches, "version", lambda name: "1.5.34")
    with pytest.raises(PrerequisiteError, match=r"1\.5\.33.*1\.5\.34"):
        patches.check_version()
