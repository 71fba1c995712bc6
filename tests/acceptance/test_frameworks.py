"""Apps as teams have them, each with its own package manager or generator: built and live, and built once."""

import re

import pytest

from tests.acceptance.conftest import EXAMPLES

pytestmark = pytest.mark.acceptance


@pytest.fixture
def live(make_project):
    """A function: example -> its project, deployed; the emulator of each ends before the next begins."""
    made = []

    def deployed(example, *arguments):
        project = make_project(EXAMPLES / example)
        made.append(project)
        deploy(project, *arguments)
        return project

    yield deployed
    for project in made:
        project.stop()


def deploy(project, *arguments):
    """Deploy, then again: nothing has changed, so the second time no command runs."""
    done = project.deploy(*arguments)
    assert done.of("command-started") and not done.of("warned")
    again = project.deploy(*arguments)
    assert again.of("deployed")[0]["unchanged"]
    assert not again.of("command-started")
    return done


def script_of(page, project, app):
    """The text of the script that a page loads."""
    address = re.search(r'<script[^>]+src="([^"]+\.js)"', page.text)[1]
    script = project.get(f"/{address.lstrip('./')}", app=app)
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]
    return script.text


def single_page(project, app, title, deep, text):
    """The front page and a deep link are one page, whose script holds ``text``; a missing chunk is a 404."""
    front, link = project.get(app=app), project.get(deep, app=app)
    assert (front.status_code, link.status_code) == (200, 200)
    assert f"<title>{title}</title>" in front.text and link.text == front.text
    assert text in script_of(front, project, app)
    assert project.get("/assets/missing-1a2b3c4d.js", app=app).status_code == 404


def test_angular(live):
    project = live("angular")
    single_page(project, "shelf", "Shelf", "/about", "The Old Man and the Sea")
    chunk = re.search(r"chunk-\w+\.js", script_of(project.get(app="shelf"), project, "shelf"))[0]
    assert project.get(f"/{chunk}", app="shelf").status_code == 200


def test_bun(live):
    single_page(live("bun"), "knots", "Knots", "/knots/bowline", "A loop that does not slip.")


def test_yarn_berry_with_plug_n_play(live):
    project = live("yarn-berry")
    single_page(project, "tides", "Tides", "/Kiel", "high tide at noon")
    assert (project.folder / ".pnp.cjs").is_file() and not (project.folder / "node_modules").exists()


def test_eleventy(live):
    project = live("eleventy")
    front = project.get(app="logbook").text
    assert front.index('href="/posts/landfall/"') < front.index('href="/posts/anchor/"')
    post = project.get("/posts/anchor/", app="logbook")
    assert post.status_code == 200 and "the <strong>anchor</strong> comes up" in post.text
    lost = project.get("/posts/none/", app="logbook")
    assert lost.status_code == 404 and "Lost at sea" in lost.text


def test_mkdocs_with_pip(live):
    project = live("mkdocs")
    assert "How to <a" in project.get(app="manual").text
    page = project.get("/anchors/", app="manual")
    assert page.status_code == 200 and "Let the windlass run" in page.text
    lost = project.get("/none/", app="manual")
    assert lost.status_code == 404 and "Page not found" in lost.text


def test_two_apps_of_a_pnpm_workspace(live):
    shop, admin = ("--app-root", "apps/shop"), ("--app-root", "apps/admin")
    project = live("pnpm-workspace", *shop)
    deploy(project, *admin)
    single_page(project, "harbour-shop", "Harbour shop", "/hemp", "Ropes for sale")
    single_page(project, "harbour-admin", "Harbour admin", "/x", "Orders of today")
    project.replace("packages/ui/index.js", "harbour-heading", "harbour-title")
    project.commit()
    assert project.deploy(*admin).of("deployed")[0]["unchanged"]  # it does not need the package
    assert not project.deploy(*shop).of("deployed")[0]["unchanged"]
    front = project.get(app="harbour-shop")
    assert "harbour-title" in script_of(front, project, "harbour-shop")
