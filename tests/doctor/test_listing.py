import subprocess

from engine.doctor.listing import list_files


def make(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("")


def test_a_checkout(tmp_path, monkeypatch):
    make(tmp_path, "a.js", "b.js", "node_modules/x.js", "dist/y.js", "web/é ü.js", "made.js")
    (tmp_path / ".gitignore").write_text("dist\nmade.js\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "a.js"], cwd=tmp_path, check=True)
    found = list_files(tmp_path, {"PATH": "/usr/bin:/bin"})
    assert found.files == {"a.js", "b.js", "web/é ü.js", ".gitignore"}
    assert found.tracked == {"a.js"}
    assert list_files(tmp_path / "web", {"PATH": "/usr/bin:/bin"}).files == {"é ü.js"}


def test_no_checkout(tmp_path):
    make(tmp_path, "a.js", "node_modules/x.js", "dist/y.js", ".cache/z.js", ".storybook/main.js", "web/b.js")
    found = list_files(tmp_path, {"PATH": "/usr/bin:/bin"})
    assert found.files == {"a.js", ".storybook/main.js", "web/b.js"}
    assert found.tracked is None


def test_without_git(tmp_path):
    make(tmp_path, "a.js")
    assert list_files(tmp_path, {"PATH": ""}).files == {"a.js"}
