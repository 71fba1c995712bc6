"""`windlass init`: what it prints, writes, asks, and refuses."""

import json

import pytest
from click.testing import CliRunner

from engine.cli.main import cli
from engine.errors import UsageError
from engine.spec import load_spec, load_specs

VITE = {"devDependencies": {"vite": "7"}, "scripts": {"build": "vite build"}}


@pytest.fixture
def init(tmp_path):
    def run(*arguments, answers=None):
        return CliRunner().invoke(cli, ["init", "-C", str(tmp_path), *arguments], input=answers)

    return run


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr("engine.cli.init.at_a_terminal", lambda: True)


def write(folder, **packages):
    for name, package in packages.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "package.json").write_text(json.dumps(package))
        (folder / name / "index.html").write_text("")


def monorepo(folder):
    (folder / "package.json").write_text(json.dumps({"workspaces": ["*"]}))
    write(folder, web=VITE, admin=VITE)


def test_it_writes_the_file_and_shows_the_evidence(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps(VITE))
    done = init()
    assert done.exit_code == 0
    assert "framework: Vite (package.json has vite)" in done.output
    assert load_spec(tmp_path).spec.frontend.artifacts.base_directory == "dist"


def test_printing_writes_nothing(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps(VITE))
    assert "baseDirectory: dist" in init("--print").output
    assert not (tmp_path / "amplify.yml").exists()


def test_json(init, tmp_path):
    monorepo(tmp_path)
    found = json.loads(init("--json").output)
    assert [one["framework"] for one in found["applications"]] == ["vite", "vite"]
    assert found["file"] == str(tmp_path / "amplify.yml")
    assert found["text"] == (tmp_path / "amplify.yml").read_text()


def test_a_file_that_is_there_stays(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps(VITE))
    (tmp_path / "amplify.yml").write_text("mine")
    assert isinstance(init().exception, UsageError)
    assert (tmp_path / "amplify.yml").read_text() == "mine"
    assert init("--force").exit_code == 0
    assert load_spec(tmp_path).spec.frontend.phases.build.commands == ("npm run build",)


def test_a_file_of_the_other_name_is_not_shadowed(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps(VITE))
    (tmp_path / "amplify.yaml").write_text("mine")
    assert isinstance(init("--force").exception, UsageError)


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("answer", "kept"), [("y", False), ("n", True)])
def test_at_a_terminal_it_asks_before_it_writes_over(init, tmp_path, answer, kept):
    (tmp_path / "package.json").write_text(json.dumps(VITE))
    (tmp_path / "amplify.yml").write_text("mine")
    init(answers=f"{answer}\n")
    assert ((tmp_path / "amplify.yml").read_text() == "mine") == kept


def test_all_apps_of_a_monorepo_where_nobody_can_be_asked(init, tmp_path):
    monorepo(tmp_path)
    init()
    assert [one.app_root for one in load_specs(tmp_path)] == ["admin", "web"]


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("answer", "roots"), [("web", ["web"]), ("", ["admin", "web"])])
def test_at_a_terminal_it_asks_which_app(init, tmp_path, answer, roots):
    monorepo(tmp_path)
    assert init(answers=f"{answer}\n").exit_code == 0
    assert [one.app_root for one in load_specs(tmp_path)] == roots


def test_the_app_that_is_named(init, tmp_path):
    monorepo(tmp_path)
    init("--app-root", "web")
    assert [one.app_root for one in load_specs(tmp_path)] == ["web"]


def test_an_output_folder_that_cannot_be_told_is_a_guess_that_says_so(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps({"scripts": {"build": "make"}}))
    assert "is a guess" in init().output
    assert "a guess" in (tmp_path / "amplify.yml").read_text()
    assert "baseDirectory: www" in init("--print", "--output", "www").output


@pytest.mark.usefixtures("terminal")
def test_at_a_terminal_it_asks_for_it(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps({"scripts": {"build": "make"}}))
    assert "is a guess" not in init(answers="www\n").output
    assert load_spec(tmp_path).spec.frontend.artifacts.base_directory == "www"


@pytest.mark.usefixtures("terminal")
def test_several_apps_by_their_folders_and_again_after_a_wrong_answer(init, tmp_path):
    monorepo(tmp_path)
    write(tmp_path, docs=VITE)
    done = init(answers="none\nweb, docs\n")
    assert "say some of admin, docs, web, or all" in done.output
    assert [one.app_root for one in load_specs(tmp_path)] == ["docs", "web"]


@pytest.mark.usefixtures("terminal")
def test_a_folder_outside_is_asked_for_again(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps({"scripts": {"build": "make"}}))
    assert init(answers="../www\nwww\n").exit_code == 0
    assert load_spec(tmp_path).spec.frontend.artifacts.base_directory == "www"


@pytest.mark.usefixtures("terminal")
def test_printing_asks_nothing(init, tmp_path):
    monorepo(tmp_path)
    assert "Which" not in init("--print").output


@pytest.mark.parametrize("output", ["..", "../x"])
def test_an_output_outside_of_the_app(init, tmp_path, output):
    (tmp_path / "package.json").write_text(json.dumps(VITE))
    done = init("--output", output)
    assert done.exit_code == 2
    assert "leaves its folder" in done.output
    assert not (tmp_path / "amplify.yml").exists()


def test_one_output_for_several_apps(init, tmp_path):
    monorepo(tmp_path)
    assert "--output is of one app" in str(init("--output", "www").exception)
    assert init("--output", "www", "--app-root", "web").exit_code == 0


def test_a_folder_of_that_name(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps(VITE))
    (tmp_path / "amplify.yml").mkdir()
    assert "cannot be written" in str(init("--force").exception)


def test_a_file_in_capitals_is_one(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps(VITE))
    (tmp_path / "Amplify.yml").write_text("mine")
    assert "rename it" in init("--force").exception.hint


def test_an_app_that_needs_a_server_is_not_sent_to_deploy(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps({"dependencies": {"next": "16"}}))
    done = init()
    assert "output: 'export'" in done.output
    assert done.output.endswith("next: windlass check\n")


@pytest.mark.usefixtures("terminal")
def test_what_was_found_is_seen_before_the_question(init, tmp_path):
    (tmp_path / "package.json").write_text(json.dumps({"scripts": {"build": "make"}}))
    output = init(answers="www\n").output
    assert output.index("build command: npm run build") < output.index("Which folder")


def test_a_broken_package_json_is_told_with_its_line(init, tmp_path):
    (tmp_path / "package.json").write_text('{\n  "name": \n}')
    error = init().exception
    assert (error.where.line, "cannot be read" in str(error)) == (3, True)
