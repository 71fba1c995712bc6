import pytest

from engine.reference import find
from engine.reference.here import written

SPEC = """\
version: 1
environments:
  prod: {branch: main, domain: a.example.com}
redirects:
  - {source: /a, target: /b, status: 301}
  - {source: /c, target: /d}
applications:
  - appRoot: web
    frontend: {artifacts: {baseDirectory: dist}}
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "amplify.yml").write_text(SPEC)
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks/prod.yaml").write_text("retention:\n  releases: 50\n")
    return tmp_path


def values(project, key):
    return [(v.key, v.value, v.origin.rsplit("/", 1)[1]) for v in written(find(key), project)]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("environments.*.domain", [("environments.prod.domain", "a.example.com", "amplify.yml:3")]),
        ("redirects.status", [("redirects[0].status", "301", "amplify.yml:5")]),
        (
            "frontend.artifacts.baseDirectory",
            [("applications[0].frontend.artifacts.baseDirectory", "dist", "amplify.yml:9")],
        ),
        ("test.phases", []),
    ],
)
def test_values_with_their_lines(project, key, found):
    assert values(project, key) == found


def test_of_policies_the_shipped_and_the_teams(project):
    found = [value for value in values(project, "policy.retention.releases") if value[0] == "policy prod"]
    assert len(found) == 2
    assert found[-1] == ("policy prod", "50", "prod.yaml:2")


def test_without_a_file_there_is_nothing(tmp_path):
    assert written(find("redirects"), tmp_path) == ()


def test_a_broken_file_is_for_check_to_tell(tmp_path):
    (tmp_path / "amplify.yml").write_text("a: [")
    assert written(find("redirects"), tmp_path) == ()


@pytest.mark.parametrize("text", ["- a\n- {redirects: []}\n", "text\n", "applications: [[a]]\n"])
def test_a_file_of_another_shape_has_nothing(tmp_path, text):
    (tmp_path / "amplify.yml").write_text(text)
    assert written(find("customHeaders"), tmp_path) == ()
