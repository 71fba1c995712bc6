"""The map of the environments: made of the files alone, the same on every machine."""

import pytest

from engine import Engine

SPEC = """version: 1
app: shop
env:
  variables: {API: https://api.example.com, VITE_TITLE: "Shop | Demo", API_TOKEN: abcdefghi}
  secrets: [STRIPE_KEY]
  branches: {"feature/*": {variables: {LOG: debug}}}
environments:
  prod: {branch: main, domain: shop.example.com, variables: {API: https://prod.example.com}}
  review: {branch: "*", pull_requests: true, policy: preview}
backend:
  functions:
    checkout: {source: fn, handler: app.handler, runtime: python3.12, environment: {MODE: live}}
frontend: {artifacts: {baseDirectory: public}}
"""


@pytest.fixture
def page(tmp_path):
    def written(spec=SPEC, name="shop"):
        project = tmp_path / name
        (project / "fn").mkdir(parents=True)
        (project / "fn/app.py").touch()
        (project / "stacks").mkdir()
        (project / "stacks/preview.yaml").write_text("region: eu-west-1\nvariables: {LEVEL: low}\n")
        (project / "amplify.yml").write_text(spec)
        return Engine(project, host={"HOME": str(tmp_path)}).environment_map()

    return written


def row(page, name):
    (line,) = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
    return [cell.strip() for cell in line.replace("\\|", "!").strip("|").split("|")][1:]


def test_which_branch_goes_where(page):
    text = page()
    assert row(text, "prod")[:5] == ["`main`", "`prod`", "aws", "us-east-1", "–"]
    assert row(text, "prod")[5:] == ["shop.example.com", "protected", "amplify.yml:8"]
    assert row(text, "review")[:4] == ["`*`", "`preview`", "aws", "eu-west-1"]
    assert row(text, "pull requests")[0] == "pull request N → `pr-N`"
    assert "`staging`" not in text and "| `preview` |" not in text.replace("| `preview` | aws", "")


def test_which_variable_differs_and_where_it_is_set(page):
    text = page()
    assert row(text, "API") == [
        "build",
        "`https://prod.example.com` (amplify.yml:8)",
        "`https://api.example.com` (amplify.yml:4)",
        "`https://api.example.com` (amplify.yml:4)",
    ]
    assert row(text, "LEVEL")[1:] == ["–", *["`low` (stacks/preview.yaml:2)"] * 2]
    assert row(text, "VITE_TITLE") == ["build, browser", "`Shop ! Demo` (amplify.yml:4)"]
    assert row(text, "MODE") == ["function checkout", "`live` (amplify.yml:12)"]
    assert row(text, "feature/*") == ["`LOG`", "`debug` (amplify.yml:6)"]
    assert row(text, "API_TOKEN") == ["build", "`***` (amplify.yml:4)"]


def test_which_secrets_are_needed_and_how_they_are_set(page):
    given, place, command = row(page(), "STRIPE_KEY")
    assert (given, place) == ("build", "amplify.yml:5")
    assert command == "`windlass secrets set STRIPE_KEY` `--env prod`, `--env review`, `--shared`"


def test_the_backend_of_each(page):
    assert row(page(), "functions") == ["`checkout`"]


def test_without_any_settings_the_defaults(page):
    text = page("version: 1\napp: shop\nfrontend: {artifacts: {baseDirectory: public}}\n")
    assert row(text, "prod")[0] == "`main`, `master`"
    assert row(text, "preview")[0] == "any other branch"
    assert row(text, "staging")[-1] == "default"
    assert "## Secrets" not in text


def test_it_is_the_same_wherever_the_checkout_is(page):
    assert page() == page(name="elsewhere")
