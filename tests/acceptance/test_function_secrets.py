"""A function is given its secrets when it starts; their values are in no state, plan, archive or setting."""

import json
import subprocess

import pytest

from tests.acceptance.conftest import WINDLASS

pytestmark = pytest.mark.acceptance

VALUE = "sk_live_of-the-function"
SPEC = """version: 1
app: {app}
backend:
  functions:
    pay: {{source: functions/pay, handler: app.handler, runtime: python3.11, secrets: [STRIPE_KEY]}}
frontend:
  artifacts: {{baseDirectory: public}}
"""
CODE = "import os\ndef handler(event, context): return {'length': len(os.environ['STRIPE_KEY'])}\n"


@pytest.fixture
def shop(make_project):
    project = make_project()
    project.write("amplify.yml", SPEC.format(app=project.folder.name))
    project.write("functions/pay/app.py", CODE)
    project.commit()
    return project


def test_the_function_has_it_and_nothing_else(shop):
    missing = shop.deploy(code=3)
    assert "the secret STRIPE_KEY is not set for prod" in missing.out
    assert "windlass secrets set STRIPE_KEY --env prod --target local" in missing.out
    assert missing.of("resource-changed") == []

    keep(shop)
    done = shop.deploy()
    aws = shop.client("lambda")
    (function,) = aws.list_functions()["Functions"]
    answer = json.load(aws.invoke(FunctionName=function["FunctionName"])["Payload"])
    assert answer == {"length": len(VALUE)}

    config = json.dumps(aws.get_function_configuration(FunctionName=function["FunctionName"]), default=str)
    assert "/windlass/" in config
    assert VALUE not in config + done.out + done.err
    for folder in (shop.folder / ".windlass/local/state", shop.home):
        holding = [f for f in folder.rglob("*") if f.is_file() and VALUE.encode() in f.read_bytes()]
        assert holding == []


def keep(project):
    line = (WINDLASS, "secrets", "set", "STRIPE_KEY", "--env", "prod", "--target", "local")
    subprocess.run(line, cwd=project.folder, env=project.host, input=VALUE, text=True, check=True)
