"""An unchanged Amplify app on its own backend: users, notes, pictures, in a real browser."""

import base64
import json
import subprocess
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.acceptance

EXAMPLES = Path(__file__).parents[2] / "examples"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PASSWORD = "Correct-horse-7"


@pytest.fixture(scope="module")
def notes(make_project):
    project = make_project(EXAMPLES / "notes")
    project.deploy()
    return project


class Visitor:
    """Somebody with a browser of their own, and a mail address."""

    def __init__(self, browser, url, name):
        self.page = browser.new_context().new_page()
        self.mail = f"{name}@example.com"
        self.page.goto(url)

    def fill(self, form, **fields):
        for name, value in fields.items():
            self.page.fill(f"#{form} [name={name}]", value)
        self.page.click(f"#{form} button")

    def signs_up(self):
        self.fill("sign-up", email=self.mail, password=PASSWORD)
        self.fill("confirm", code="000000")
        expect(self.page.locator("#confirm [role=alert]")).to_contain_text("CodeMismatch")
        self.fill("confirm", code="123456")
        expect(self.page.locator("#user")).to_have_text(self.mail)
        return self

    def notes(self):
        return self.page.locator("#notes li")


@pytest.fixture(scope="module")
def ann(browser, notes):
    return Visitor(browser, notes.url(), "ann").signs_up()


@pytest.fixture(scope="module")
def bob(browser, notes):
    return Visitor(browser, notes.url(), "bob").signs_up()


@pytest.fixture(scope="module")
def note(ann):
    ann.fill("add-note", text="buy milk")
    expect(ann.notes()).to_have_text(["buy milk"])
    return ann.notes().get_attribute("data-id")


def test_a_note_is_there_after_signing_out_and_in_again(ann, note):
    ann.page.click("#sign-out")
    ann.fill("sign-in", email=ann.mail, password="wrong")
    expect(ann.page.locator("#sign-in [role=alert]")).to_contain_text("NotAuthorized")
    ann.fill("sign-in", email=ann.mail, password=PASSWORD)
    expect(ann.notes()).to_have_text(["buy milk"])


def test_graphql_answers_with_the_same_notes_and_only_to_who_wrote_them(ann, bob, note, notes):
    asked = []
    ann.page.on("request", lambda request: asked.append(request) if "appsync" in request.url else None)
    ann.fill("add-by-graphql", text="call Bob")
    expect(ann.page.locator("#graphql")).to_contain_text("call Bob")
    expect(ann.page.locator("#graphql")).to_contain_text("buy milk")
    expect(bob.page.locator("#graphql")).to_have_text("")
    token = next(request for request in asked if request.method == "POST").headers["authorization"]
    good, none, bad = (_graphql(notes, given) for given in (token, "", f"{token[:-8]}AAAAAAAA"))
    assert len(good.json()["data"]["listNotes"]) == 2
    assert (none.status_code, bad.status_code) == (401, 401)


def _graphql(notes, token):
    url = httpx.URL(notes.run("outputs", "api_graphql_url", "--target", "local").out.strip())
    headers = {"host": url.netloc.decode(), **({"authorization": token} if token else {})}
    query = {"query": "query { listNotes { id } }"}
    return httpx.post(f"{notes.target.endpoint}{url.path}", headers=headers, json=query)


def test_nobody_reads_another_users_note(ann, bob, note):
    ann.fill("open-note", id=note)
    expect(ann.page.locator("#opened")).to_have_text("buy milk")
    expect(bob.notes()).to_have_count(0)
    bob.fill("open-note", id=note)
    expect(bob.page.locator("#open-note [role=alert]")).to_contain_text("another user")


def test_a_picture_is_seen_by_its_owner_alone(ann, bob):
    ann.page.set_input_files("#picture", {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE})
    picture = ann.page.locator("#pictures img")
    expect(picture).to_have_count(1)
    ann.page.wait_for_function("document.querySelector('#pictures img').naturalWidth === 1")
    signed = picture.get_attribute("src")
    asked = "url => fetch(url).then(answer => answer.status)"
    assert ann.page.evaluate(asked, signed) == 200
    assert bob.page.evaluate(asked, signed.partition("?")[0]) == 403
    path = picture.get_attribute("alt")
    ann.fill("open-picture", path=path)
    expect(ann.page.locator("#opened-picture")).to_have_text(f"{len(PICTURE)} bytes")
    bob.fill("open-picture", path=path)
    expect(bob.page.locator("#open-picture [role=alert]")).to_contain_text("AccessDenied")


def test_the_same_calls_from_node_with_the_outputs_alone(notes):
    given = json.loads(notes.run("local", "env", "--json").out)
    notes.write("node_modules/calls.mjs", (Path(__file__).parent / "notes_calls.mjs").read_text())
    done = subprocess.run(
        ["node", "node_modules/calls.mjs"],
        cwd=notes.folder,
        env={**notes.host, **given},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "wrongCode": "CodeMismatchException",
        "wrongPassword": "NotAuthorizedException",
        "rest": ["by REST"],
        "graphql": ["by GraphQL", "by REST"],
        "picture": "a picture",
        "otherNote": 403,
        "otherPicture": "AccessDenied",
        "signedOut": "UserUnAuthenticatedException",
    }


def test_without_a_token_the_api_is_shut(notes):
    url = notes.run("outputs", "api_rest_url", "--target", "local").out.strip()
    api = url.removeprefix("http://")
    here = notes.target.endpoint
    assert httpx.get(f"{here}/health", headers={"host": api}).json() == {
        "environment": "prod",
        "status": "ok",
    }
    assert httpx.get(f"{here}/notes", headers={"host": api}).status_code == 401
    bad = {"host": api, "authorization": "Bearer e30.e30.e30"}
    assert httpx.get(f"{here}/notes", headers=bad).status_code == 401


def test_the_live_frontend_has_the_ids_of_this_environment(notes):
    outputs = json.loads((notes.folder / "amplify_outputs.json").read_text())
    assert outputs["version"] == "1.5"
    (script,) = (notes.folder / "dist/assets").glob("*.js")
    live = notes.get(f"/assets/{script.name}").text
    assert outputs["auth"]["user_pool_id"] in live
    assert outputs["storage"]["bucket_name"] in live


def test_verify_uses_all_of_it_as_somebody_else_would(notes):
    done = notes.run("verify", "--target", "local", "--json")
    checked = {event["check"] for event in done.of("checked")}
    assert {
        "frontend-ids",
        "sign-in",
        "api-bad-token",
        "api-with-token",
        "graphql-without-token",
        "graphql-with-token",
        "storage",
    } <= checked
    assert done.of("warned") == []


def test_only_the_function_that_changed_is_touched(notes):
    notes.replace("functions/notes/app.py", '"status": "ok"', '"status": "fine"')
    done = notes.deploy()
    touched = [event["name"] for event in done.of("resource-changed") if event["status"] == "done"]
    assert touched == ["functions-notes-api"]
    assert {event["step"] for event in done.of("step-skipped")} == {"build", "publish"}
    assert done.of("deployed")[0]["unchanged"] is False
    assert notes.run("deploy", "--target", "local", "--json").of("deployed")[0]["unchanged"]


def test_all_of_it_goes_and_data_stays_where_the_policy_says_so(notes):
    done = notes.destroy()
    (kept,) = [event["message"] for event in done.of("warned") if "kept" in event["message"]]
    assert "database-notes" in kept
    assert notes.client("lambda").list_functions()["Functions"] == []
    assert notes.client("logs").describe_log_groups()["logGroups"] == []
    assert len(notes.client("dynamodb").list_tables()["TableNames"]) == 1
