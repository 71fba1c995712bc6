"""The page for newcomers, command by command, as they would type it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.acceptance

WINDLASS = Path(sys.executable).with_name("windlass")
PAGE = Path(__file__).parents[2] / "docs/start.md"
COMMANDS = [
    command
    for command in re.findall(r"^\$ (.*)$", PAGE.read_text(), re.MULTILINE)
    if "pip install" not in command
]


@pytest.fixture
def newcomer(make_project):
    """A folder with nothing in it, and an environment with ``windlass`` on PATH."""
    project = make_project()
    folder = project.home / "work"
    folder.mkdir()
    yield folder, {**project.host, "PATH": f"{WINDLASS.parent}:{project.host['PATH']}"}
    if (site := folder / "my-site").is_dir():
        subprocess.run([WINDLASS, "local", "reset"], cwd=site, env=project.host, check=True)


def test_every_command_of_the_page_works(newcomer):
    folder, environment = newcomer
    script = "\n".join(("set -e", *COMMANDS))
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert re.search(r"^http://prod\.my-site\.localhost:\d+/$", done.stdout, re.MULTILINE)
    assert re.search(r"^http://pr-42\.my-site\.localhost:\d+/$", done.stdout, re.MULTILINE)
    assert re.search(r"provision: skipped|unchanged", done.stdout)
    assert "holds the releases; private" in done.stdout
    assert done.stdout.endswith("the local target is empty\n")
