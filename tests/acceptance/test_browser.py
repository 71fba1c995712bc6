"""A real app in a real browser: deployed, clicked through, changed, rolled back, destroyed."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.acceptance

OLD, NEW = "A small app with several routes", "A tiny app with several routes"


@pytest.fixture
def open_page(browser):
    """A function that opens a page of its own visitor; in the end no page may have seen an error."""
    errors, contexts = [], []

    def opened(url):
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("requestfailed", lambda request: errors.extend(_failure(request)))
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def test_the_life_of_an_app(make_project, notes_web, open_page):
    project = make_project(notes_web)
    first = project.deploy().of("deployed")[0]
    url = project.url()
    assert first["url"] == url

    # clicked through, and reloaded on a deep link
    visitor = open_page(url)
    expect(visitor).to_have_title("Notes")
    visitor.get_by_label("New note").fill("Bread and salt")
    visitor.get_by_role("button", name="Add").click()
    visitor.get_by_role("link", name="Bread and salt").click()
    expect(visitor.get_by_role("heading")).to_have_text("Bread and salt")
    deep = visitor.url
    assert deep.startswith(f"{url}notes/")
    assert visitor.reload().status == 200
    expect(visitor.get_by_role("heading")).to_have_text("Bread and salt")
    visitor.go_back()
    expect(visitor.get_by_role("heading")).to_have_text("Notes")
    moved = visitor.goto(f"{url}home")
    assert (visitor.url, moved.request.redirected_from.response().status) == (url, 301)
    assert moved.headers["x-frame-options"] == "DENY"

    # a change: the page that was open still finds the chunk it has not loaded yet
    project.replace("src/About.jsx", OLD, NEW)
    project.replace("src/Layout.jsx", "Kept in this browser.", "Kept here.")
    project.commit()
    second = project.deploy().of("deployed")[0]
    assert second["release"] != second["previous"] == first["release"]
    visitor.get_by_role("link", name="About").click()
    expect(visitor.get_by_text(OLD)).to_be_visible()
    expect(visitor.get_by_text("Kept in this browser.")).to_be_visible()
    newcomer = open_page(f"{url}about")
    expect(newcomer.get_by_text(NEW)).to_be_visible()
    expect(newcomer.get_by_text("Kept here.")).to_be_visible()
    visitor.reload()
    expect(visitor.get_by_text(NEW)).to_be_visible()
    visitor.goto(deep)  # what the browser kept is still there
    expect(visitor.get_by_role("heading")).to_have_text("Bread and salt")

    # back again: the newcomer's page still works, everybody else sees the old release
    back = project.run("rollback", "--target", "local", "--json").of("rolled-back")[0]
    assert (back["release"], back["previous"]) == (first["release"], second["release"])
    expect(open_page(f"{url}about").get_by_text(OLD)).to_be_visible()
    newcomer.get_by_role("link", name="Notes").click()
    newcomer.get_by_role("link", name="About").click()
    expect(newcomer.get_by_text(NEW)).to_be_visible()

    project.destroy()
    assert project.left() == []
    assert project.get("/").status_code == 404


def _failure(request):
    # A page that is left, or a browser that closes, ends what is still under way: no finding.
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url} failed: {request.failure}"]
