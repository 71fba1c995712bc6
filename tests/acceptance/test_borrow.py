"""A preview that borrows the backend of staging is built for it, and makes nothing of its own."""

import json

import pytest

pytestmark = pytest.mark.acceptance

SPEC = """version: 1
app: {app}
environments:
  preview: {{backend: {{from: staging}}}}
backend:
  auth: {{}}
  storage: {{files: {{}}}}
frontend:
  phases:
    build:
      commands:
        - rm -rf out && cp -R public out
        - cp amplify_outputs.json out/outputs.json
        - echo "$WINDLASS_OUTPUT_STORAGE_FILES_BUCKET" > out/bucket.txt
  artifacts: {{baseDirectory: out}}
"""


@pytest.fixture
def shop(make_project):
    project = make_project()
    project.write("amplify.yml", SPEC.format(app=project.folder.name))
    project.write(".gitignore", "out/\namplify_outputs.json\n")
    project.commit()
    return project


def test_only_where_the_lender_says_so(shop):
    missing = shop.deploy("--pr", "7", code=9)
    assert "pr-7 may not borrow the backend of staging" in missing.out

    shop.write("stacks/staging.yaml", "lend: [preview]\n")
    missing = shop.deploy("--pr", "7", code=10)
    assert "staging, whose backend is borrowed, is not deployed" in missing.out
    assert "windlass deploy --target local --env staging" in missing.out

    shop.deploy("--env", "staging")
    done = shop.deploy("--pr", "7")
    (warned,) = [one for one in done.of("warned") if "which does not know" in one["message"]]
    assert shop.url("pr-7").rstrip("/") in warned["hint"]
    told = {name: shop.get("/outputs.json", name).json() for name in ("staging", "pr-7")}
    assert told["staging"] == told["pr-7"]
    assert shop.get("/bucket.txt", "pr-7").text == shop.get("/bucket.txt", "staging").text != "\n"
    assert len(shop.client("cognito-idp").list_user_pools(MaxResults=10)["UserPools"]) == 1
    made = json.loads(shop.run("resources", "--target", "local", "--env", "pr-7", "--json").out)
    assert not [one for one in made["resources"] if one["name"].startswith(("auth", "storage"))]

    shop.destroy("pr-7")
    assert len(shop.client("cognito-idp").list_user_pools(MaxResults=10)["UserPools"]) == 1
