"""What starts a function that has secrets: it reads them, sets them, and is the function's own handler."""

import json
import shutil
import subprocess
import sys

import pytest

from engine.functions.sources import source_digest, sources_of
from engine.functions.wrapper import wrapper_of
from engine.spec.backend.functions import Function

NAMES = [f"KEY_{number}" for number in range(12)]
TOLD = json.dumps({name: f"/windlass/notes/prod/{name}" for name in NAMES})
BOTO3 = """
class Ssm:
    def get_parameters(self, Names, WithDecryption):
        assert len(Names) <= 10 and WithDecryption
        gone = [name for name in Names if name.endswith("GONE")]
        there = [{"Name": name, "Value": "v" + name[-6:]} for name in Names if name not in gone]
        return {"Parameters": there, "InvalidParameters": gone}

def client(service):
    assert service == "ssm"
    return Ssm()
"""
SDK = """
exports.GetParametersCommand = class { constructor(asked) { this.asked = asked } }
exports.SSMClient = class {
  async send({ asked }) {
    if (asked.Names.length > 10 || !asked.WithDecryption) throw new Error("no")
    const InvalidParameters = asked.Names.filter((name) => name.endsWith("GONE"))
    const there = asked.Names.filter((name) => !InvalidParameters.includes(name))
    return { InvalidParameters, Parameters: there.map((Name) => ({ Name, Value: "v" + Name.slice(-6) })) }
  }
}
"""
CALLS = {
    "python3.12": (sys.executable, "-c", "import windlass_secrets as w; print(w.handler(1, None))"),
    "nodejs22.x": (
        "node",
        "-e",
        "import('./windlass_secrets.mjs').then(async (w) => console.log(await w.handler(1)))",
    ),
}
HANDLERS = {
    "python3.12": {"src/app.py": "import os\ndef go(event, context): return os.environ['KEY_11']\n"},
    "nodejs22.x": {"src/app.mjs": "export const go = async () => process.env.KEY_11\n"},
}


def function(runtime, **settings):
    return Function(source="f", handler="src/app.go", runtime=runtime, **settings)


@pytest.fixture
def call(tmp_path):
    def called(runtime, files=None, told=TOLD, sdk=True):
        for path, text in {**(files or HANDLERS[runtime])}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        wrapper = wrapper_of(function(runtime, secrets=NAMES))
        shutil.copy(wrapper, tmp_path)
        if sdk:
            (tmp_path / "boto3.py").write_text(BOTO3)
            package = tmp_path / "node_modules/@aws-sdk/client-ssm"
            package.mkdir(parents=True)
            (package / "index.js").write_text(SDK)
        variables = {"PATH": "/usr/bin:/bin", "WINDLASS_HANDLER": "src/app.go", "WINDLASS_SECRETS": told}
        return subprocess.run(CALLS[runtime], cwd=tmp_path, env=variables, capture_output=True, text=True)

    return called


@pytest.mark.parametrize("runtime", list(CALLS))
def test_the_handler_finds_all_of_them(call, runtime):
    done = call(runtime)
    assert done.stdout == "vKEY_11\n", done.stderr


def test_a_handler_in_commonjs(call):
    done = call(
        "nodejs22.x", {"src/app.js": "const go = () => process.env.KEY_11\nmodule.exports = { go }\n"}
    )
    assert done.stdout == "vKEY_11\n", done.stderr


@pytest.mark.parametrize("runtime", list(CALLS))
def test_one_that_is_gone_is_named(call, runtime):
    done = call(runtime, told=json.dumps({"A": "/windlass/notes/prod/GONE"}))
    assert "secrets are gone since the deployment: /windlass/notes/prod/GONE" in done.stderr


@pytest.mark.parametrize("runtime", list(CALLS))
def test_with_none_to_read_it_only_hands_over(call, runtime):
    handler = {"src/app.py": "def go(event, context): return 7", "src/app.mjs": "export const go = () => 7"}
    assert call(runtime, handler, told="{}").stdout == "7\n"


def test_where_there_is_no_sdk_it_says_what_to_do(call):
    assert "add it to the function's package.json" in call("nodejs22.x", sdk=False).stderr


def test_it_is_part_of_what_the_archive_is_made_from(tmp_path):
    (tmp_path / "app.py").write_text("")
    plain, secret = function("python3.12"), function("python3.12", secrets=["A"])
    assert source_digest(plain, sources_of(tmp_path)) != source_digest(secret, sources_of(tmp_path))
    assert wrapper_of(plain) is None


def test_a_secret_is_no_variable_as_well():
    with pytest.raises(ValueError, match="has KEY among `environment` as well"):
        function("python3.12", secrets=["KEY"], environment={"KEY": "b"})
