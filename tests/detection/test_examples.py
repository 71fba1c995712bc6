"""What init would write for the examples is what they have: they are built and deployed by other tests."""

import posixpath
from pathlib import Path

import pytest

from engine.detection.applications import applications
from engine.spec import load_specs

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(file.parent for file in EXAMPLES.glob("*/amplify.yml"))


def published(app_root, build_path, base):
    """The folder that is published, from the top of the repository."""
    working = app_root if build_path in (None, app_root) else build_path.strip("/")
    return posixpath.normpath(posixpath.join(working, base))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_output_folder_and_the_manager(folder):
    specs = load_specs(folder)
    wanted = {
        published(s.app_root, s.frontend.build_path, s.frontend.artifacts.base_directory) for s in specs
    }
    found = applications(folder)
    assert {published(one.app_root, one.build_path or None, one.output) for one in found} == wanted
    called = {
        word for s in specs for word in str(s.frontend.phases).replace('"', " ").replace("'", " ").split()
    }
    assert all(one.manager in called for one in found if one.manager)
