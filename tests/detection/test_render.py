"""The file that is written has no problem, and means what was found."""

import pytest

from engine.detection.applications import applications
from engine.detection.detect import detect
from engine.detection.render import render
from engine.spec import check, load_spec
from tests.detection.test_applications import REPOSITORY
from tests.detection.test_detect import CASES


@pytest.mark.parametrize(("name", "rendering", "output", "files"), CASES)
def test_every_framework_gives_a_spec_without_problems(app, name, rendering, output, files):
    folder = app(files)
    found = detect(folder)
    (folder / "amplify.yml").write_text(render([found], "shop"))
    assert check(folder) == ()
    spec = load_spec(folder).spec
    assert spec.app == "shop"
    assert spec.frontend.artifacts.base_directory == ("" if output == "." else output or "dist")
    phases = spec.frontend.phases
    ran = [
        phase.commands if phase else () for phase in (phases and phases.pre_build, phases and phases.build)
    ]
    assert ran == [found.install, found.build]
    assert bool(spec.redirects) == bool(found.fallback)


def test_a_monorepo_has_applications_with_a_stack_of_their_own(app):
    folder = app(REPOSITORY)
    (folder / "amplify.yml").write_text(render(applications(folder), "acme"))
    assert check(folder) == ()
    specs = [load_spec(folder, app_root=root).spec for root in ("apps/web", "apps/admin")]
    assert [spec.app for spec in specs] == ["acme-apps-web", "acme-apps-admin"]
    assert specs[1].redirects and not specs[0].redirects


def test_applications_whose_names_would_be_the_same_when_cut(app):
    web = {"dependencies": {"next": "16"}, "scripts": {"build": "next build"}}
    folder = app({f"a-very-long-name-of-an-application-{name}/package.json": web for name in ("one", "two")})
    (folder / "amplify.yml").write_text(render(applications(folder), "an-organization-with-a-long-name"))
    assert check(folder) == ()


@pytest.mark.parametrize(
    "odd", ["a: b # c", "x'y\"z", "{a}", "*b", "- c", "yes", "ünïcode", "a\nb: c", "\x00\x85"]
)
def test_what_files_say_never_breaks_the_file(app, odd):
    package = {"devDependencies": {"vite": "7"}, "scripts": {"build": f"vite build {odd}"}, "name": odd}
    folder = app(
        {"package.json": package, ".nvmrc": odd, "vite.config.js": f"d({{build: {{outDir: {odd!r}}}}})"}
    )
    (folder / "amplify.yml").write_text(render([detect(folder)], "shop"), encoding="utf-8")
    assert [problem for problem in check(folder) if problem.rule in ("syntax", "yaml")] == []
