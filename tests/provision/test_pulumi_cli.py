"""Where the Pulumi CLI is looked for, in which order, and what is said where there is none."""

import os
import stat

import pytest

from engine.errors import PrerequisiteError
from engine.events import ignore
from engine.provision import pulumi_cli
from engine.provision.pulumi_cli import VERSION, find_pulumi


def cli(path, version=VERSION):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho v{version}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def host(tmp_path):
    (tmp_path / "bin").mkdir()
    return {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_one_that_is_named_comes_first(tmp_path, host):
    cli(tmp_path / "bin" / "pulumi")
    named = cli(tmp_path / "named" / "pulumi")
    assert find_pulumi(host, ignore, named) == named
    assert find_pulumi({**host, "WINDLASS_PULUMI": str(named)}, ignore) == named


def test_one_that_is_named_and_wrong_is_an_error(tmp_path, host):
    with pytest.raises(PrerequisiteError, match=r"is version 3\.1\.0; Windlass needs"):
        find_pulumi(host, ignore, cli(tmp_path / "old", "3.1.0"))
    with pytest.raises(PrerequisiteError, match="does not run"):
        find_pulumi(host, ignore, tmp_path / "nothing")


def test_path_counts_if_the_version_fits(tmp_path, host):
    on_path = cli(tmp_path / "bin" / "pulumi")
    assert find_pulumi(host, ignore) == on_path


def test_then_the_cache(tmp_path, host):
    cli(tmp_path / "bin" / "pulumi", "3.1.0")
    cached = cli(tmp_path / "cache" / "windlass" / "pulumi" / VERSION / "pulumi")
    assert find_pulumi(host, ignore) == cached


def test_without_a_download_and_without_go_it_says_how_to_get_it(tmp_path, host, monkeypatch):
    monkeypatch.setattr(pulumi_cli, "_reachable", lambda: False)
    with pytest.raises(PrerequisiteError, match="no Go to build it") as error:
        find_pulumi({**host, "PATH": str(tmp_path / "bin")}, ignore)
    assert "go.dev/dl" in error.value.hint


def test_a_build_that_fails_shows_what_go_said(tmp_path, host, monkeypatch):
    monkeypatch.setattr(pulumi_cli, "_reachable", lambda: False)
    go = tmp_path / "bin" / "go"
    go.write_text("#!/bin/sh\necho no space left on device\nexit 1\n")
    go.chmod(0o755)
    with pytest.raises(PrerequisiteError, match="could not be built") as error:
        find_pulumi(host, ignore)
    assert error.value.details == ("no space left on device",)
    assert [p.name for p in (tmp_path / "cache/windlass/pulumi" / VERSION).iterdir()] == ["lock"]


def test_a_build_is_shown_and_kept(tmp_path, host, monkeypatch):
    monkeypatch.setattr(pulumi_cli, "_reachable", lambda: False)
    go = tmp_path / "bin" / "go"
    go.write_text(
        "#!/bin/sh\n"
        "case $1 in\n"
        "list) echo a; echo b;;\n"
        "build) echo a; echo b; for last; do out=$prev; prev=$last; done\n"
        f"printf '#!/bin/sh\\necho v{VERSION}\\n' > $out; chmod +x $out;;\n"
        "esac\n"
    )
    go.chmod(0o755)
    events = []
    found = find_pulumi({**host, "AWS_SECRET_ACCESS_KEY": "x"}, events.append)
    assert found == tmp_path / "cache/windlass/pulumi" / VERSION / "pulumi"
    assert os.access(found, os.X_OK)
    assert [(e.done, e.total) for e in events] == [(0, 0), (1, 2), (2, 2)]
