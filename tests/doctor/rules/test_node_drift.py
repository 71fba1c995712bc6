import os

import pytest

RULE = "node-drift"


@pytest.mark.parametrize(
    ("nvmrc", "engines"),
    [("22", ">=20"), ("lts/jod", "^22"), ("v20.11.1", "20.x"), ("20", ">=20.19"), ("22", ""), ("", ">=18"),
     ("20.11.1", ">=20.11 <20.12"), ("lts/*", ">=18"), ("18", "not a range")],
)  # fmt: skip
def test_good(look, package, nvmrc, engines):
    files = {"package.json": package(engines={"node": engines}), ".nvmrc": f"{nvmrc}\n"}
    assert not look(RULE, files)


@pytest.mark.parametrize(
    ("nvmrc", "engines"),
    [("18", ">=20"), ("v16.20.2", "^18 || ^20"), ("lts/gallium", "22"), ("20.11.1", ">=20.12")],
)
def test_bad(look, package, nvmrc, engines):
    files = {"package.json": package(engines={"node": engines}), ".nvmrc": f"{nvmrc}\n"}
    (found,) = look(RULE, files)
    assert found.where.file.endswith("package.json")
    assert nvmrc in found.fix


def test_bad_commands(look, package, spec):
    files = {
        "package.json": package(),
        ".node-version": "22",
        "amplify.yml": spec("nvm use 18", "nvm use $V"),
    }
    (found,) = look(RULE, files)
    assert found.where.line == 6


def test_bad_host(look, package, tmp_path):
    node = tmp_path / "bin/node"
    node.parent.mkdir()
    node.write_text("#!/bin/sh\necho v16.20.2\n")
    node.chmod(0o755)
    host = {"PATH": f"{node.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    (found,) = look(RULE, {"package.json": package(), ".nvmrc": "22"}, host=host)
    assert "this machine has Node 16.20.2" in found.message
    assert not look(RULE, {}, host={**host, "CI": "true"})
    assert not look(RULE, {".nvmrc": "16.19.0"}, host=host)
