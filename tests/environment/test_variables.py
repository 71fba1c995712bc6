"""Every variable has one value, from one line of one file, and says what it overrides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.environment.model import PullRequest
from engine.environment.policy import policies
from engine.environment.resolve import Choice, resolve
from engine.environment.variables import values, variables_of, varying
from engine.errors import SpecError
from engine.spec import load_spec

TEXT = """\
version: 1
app: notes
env:
  variables:
    A: app
    B: app
    C: app
    D: app
    E: app
    ONLY: app
  branches:
    "*":
      variables: {D: star, F: star}
    login:
      variables: {D: login, E: login}
    "lo*":
      variables: {D: glob, F: glob}
  pull_requests:
    variables: {E: request}
environments:
  prod: {branch: main, variables: {C: prod}}
  review:
    branch: "*"
    pull_requests: true
    policy: preview
    variables:
      C: review
frontend: {artifacts: {baseDirectory: .}}
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "amplify.yml").write_text(TEXT)
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks/preview.yaml").write_text(
        "region: eu-west-1\nvariables:\n  B: preview\n  C: preview\n"
    )
    return tmp_path


def found(project, choice, **options):
    spec = load_spec(project).spec
    environment = resolve(spec, policies(project), choice)
    return {v.name: v for v in variables_of(spec, environment, **options)}


def texts(variables):
    return {name: variable.value for name, variable in variables.items()}


def places(variable):
    """The layers of a variable, the strongest first, with the last of each place."""
    settings = (variable, *variable.over)
    return [(s.layer, s.value, s.origin.split("/")[-1]) for s in settings]


def test_each_layer_lies_over_the_one_before(project):
    variables = found(project, Choice(branch="login"), given={"D": "call"})
    assert texts(variables) == {
        **{"A": "app", "B": "preview", "C": "review", "D": "call", "E": "login", "F": "glob"},
        "ONLY": "app",
    }
    assert places(variables["C"]) == [
        ("environment", "review", "amplify.yml:27"),
        ("policy", "preview", "preview.yaml:4"),
        ("app", "app", "amplify.yml:7"),
    ]
    assert [layer for layer, *_ in places(variables["D"])] == ["command line", *["branch"] * 3, "app"]
    assert places(variables["D"])[1] == ("branch", "login", "amplify.yml:15")


def test_a_pull_request_lies_over_its_branch(project):
    request = Choice(pull_request=PullRequest(7, source="login"))
    assert texts(found(project, request)) | {"E": "request"} == texts(found(project, request))
    assert [layer for layer, *_ in places(found(project, request)["E"])] == ["pull request", "branch", "app"]


def test_whoever_opens_a_pull_request_from_a_fork_chooses_no_branch_layer(project):
    request = Choice(pull_request=PullRequest(7, source="login", fork=True))
    assert texts(found(project, request))["D"] == "app"


def test_only_its_own_environment_is_asked(project):
    assert texts(found(project, Choice(branch="main")))["C"] == "prod"
    assert texts(found(project, Choice(name="prod")))["B"] == "app"
    assert texts(found(project, Choice(name="pr-9")))["C"] == "review"


def test_which_may_differ(project):
    spec = load_spec(project).spec
    policy = resolve(spec, policies(project), Choice(branch="x")).policy
    assert varying(spec, [policy]) == {"B", "C", "D", "E", "F"}
    assert "ONLY" not in varying(spec, [policy])


def test_an_application_of_a_monorepo_lies_over_the_top_of_the_file(tmp_path):
    (tmp_path / "amplify.yml").write_text(
        "version: 1\nenv:\n  variables: {A: top, B: top}\n  secrets: [ONE]\n"
        "  branches: {main: {variables: {C: top, D: top}}}\n"
        "applications:\n- appRoot: web\n  app: web\n  env:\n    variables: {B: own}\n"
        "    secrets: [TWO, ONE]\n    branches: {main: {variables: {D: own}}}\n"
        "  frontend: {artifacts: {baseDirectory: .}}\n"
    )
    variables = found(tmp_path, Choice(branch="main"))
    assert texts(variables) == {"A": "top", "B": "own", "C": "top", "D": "own"}
    assert [v.origin.rpartition(":")[2] for v in variables.values()] == ["3", "10", "5", "12"]
    assert load_spec(tmp_path).spec.secrets == ("ONE", "TWO")


@given(st.dictionaries(st.sampled_from("ABCDEF"), st.text(max_size=5)))
def test_what_is_given_always_wins(tmp_path_factory, given):
    project = tmp_path_factory.mktemp("app")
    (project / "amplify.yml").write_text(TEXT)
    spec = load_spec(project).spec
    environment = resolve(spec, policies(project), Choice(branch="login"))
    assert values(variables_of(spec, environment, given)) | given == values(
        variables_of(spec, environment, given)
    )


def test_a_value_is_not_in_what_is_printed_of_it(project):
    shown = repr(found(project, Choice(branch="login")))
    assert "value=" not in shown and "'star'" not in shown


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("environments:\n  prod: {variables: {a-b: 1}}\n", 2, "no name a shell accepts"),
        ("env:\n  branches:\n    main:\n      variables: {AWS_X: 1}\n", 4, "a name AWS keeps for itself"),
        ("env:\n  branches:\n    main: {A: 1}\n", 3, "`env.branches.main.A` is no known key"),
        ("env:\n  pull_requests:\n    variables: [A]\n", 3, "must be a mapping"),
        ("env:\n  secrets: [VITE_KEY]\n", 2, "begins with `VITE_`"),
        ("env:\n  secrets: [a key]\n", 2, "no name a shell accepts"),
        ("env:\n  secrets: KEY\n", 2, "must be a list"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, line, said):
    (tmp_path / "amplify.yml").write_text(f"{text}frontend: {{artifacts: {{baseDirectory: .}}}}\n")
    with pytest.raises(SpecError) as caught:
        load_spec(tmp_path)
    assert (caught.value.where.line, said in caught.value.message) == (line, True), caught.value.message


def test_a_policy_names_variables_as_the_file_does(project):
    (project / "stacks/preview.yaml").write_text("variables:\n  AWS_X: 1\n")
    with pytest.raises(SpecError) as caught:
        resolve(load_spec(project).spec, policies(project), Choice(branch="x"))
    assert caught.value.where.line == 2
