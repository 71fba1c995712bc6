import hashlib
import textwrap

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import SpecError, UsageError
from engine.spec import Spec, check, load_spec

PLAIN = """
    version: 0.1
    env:
      variables: {NODE_ENV: production, PORT: 08}
    backend:
      phases: {build: {commands: [make]}}
    frontend:
      phases:
        preBuild:
          commands:
            - npm ci
        build:
          commands: npm run build
      artifacts:
        baseDirectory: /dist/
      cache:
    test:
      phases: {test: {commands: [npm test]}}
    redirects:
      - {source: /old/<*>, target: /new/<*>, status: 301}
    environments:
      prod: {branch: main, domain: Notes.Example.com}
      preview: {branch: "*", pull_requests: true}
"""

MONOREPO = """
    env: {variables: {A: shared, B: shared}}
    redirects: [{source: /a, target: /b}]
    applications:
      - frontend: {artifacts: {baseDirectory: dist}}
        appRoot: /apps/web
        env: {variables: {B: own}}
      - appRoot: Docs Site
        app: manual
        redirects: [{source: /c, target: /d}]
        frontend: {artifacts: {baseDirectory: site}}
"""


def write(folder, text, name="amplify.yml"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(textwrap.dedent(text).lstrip("\n"))
    return folder


@pytest.fixture
def project(tmp_path):
    return tmp_path / "My Notes"


def test_a_plain_amplify_file(project):
    loaded = load_spec(write(project, PLAIN))
    spec = loaded.spec
    assert loaded.warnings == ()
    assert isinstance(spec, Spec)
    assert (spec.app, spec.app_root, spec.version) == ("my-notes", "", "0.1")
    assert spec.variables == {"NODE_ENV": "production", "PORT": "08"}
    assert spec.backend.phases.build.commands == ("make",)
    assert spec.frontend.phases.pre_build.commands == ("npm ci",)
    assert spec.frontend.phases.build.commands == ("npm run build",)
    assert spec.frontend.phases.post_build is None
    assert spec.frontend.artifacts.base_directory == "dist"
    assert spec.frontend.artifacts.files == ("**/*",)
    assert spec.frontend.cache.paths == ()
    assert spec.test.phases.test.commands == ("npm test",)
    assert [(rule.source, rule.status) for rule in spec.redirects] == [("/old/<*>", "301")]
    assert spec.environments["prod"].domain == "notes.example.com"
    assert spec.environments["preview"].pull_requests


def test_file_digest_and_lines(project):
    spec = load_spec(write(project, PLAIN)).spec
    path = project / "amplify.yml"
    assert spec.file == str(path)
    assert spec.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    lines = path.read_text().splitlines()
    assert "baseDirectory" in lines[spec.lines["frontend.artifacts.baseDirectory"] - 1]
    assert "npm ci" in lines[spec.lines["frontend.phases.preBuild.commands[0]"] - 1]
    assert "prod" in lines[spec.lines["environments.prod"] - 1]


def test_an_application_is_chosen_and_shares_the_top(project):
    spec = load_spec(write(project, MONOREPO), app_root="./apps/web/").spec
    assert (spec.app, spec.app_root) == ("my-notes-apps-web", "apps/web")
    assert spec.variables == {"A": "shared", "B": "own"}
    assert spec.redirects[0].source == "/a"
    assert (spec.lines["redirects"], spec.lines["frontend.artifacts.baseDirectory"]) == (2, 4)
    other = load_spec(project, app_root="Docs Site").spec
    assert (other.app, other.redirects[0].source, other.lines["redirects"]) == ("manual", "/c", 9)


def test_which_application_must_be_said_and_must_be_there(project):
    write(project, MONOREPO)
    with pytest.raises(UsageError) as caught:
        load_spec(project)
    assert "apps/web, Docs Site" in caught.value.hint
    with pytest.raises(UsageError, match="no application has the appRoot apps/api") as caught:
        load_spec(project, app_root="apps/api")
    assert "apps/web, Docs Site" in caught.value.hint
    with pytest.raises(UsageError, match="leaves its folder"):
        load_spec(project, app_root="../x")


def test_one_application_is_taken(project):
    one = "applications:\n- appRoot: web\n  frontend: {artifacts: {baseDirectory: d}}"
    assert load_spec(write(project, one)).spec.app_root == "web"


def test_an_app_root_for_a_file_without_applications(project):
    write(project, PLAIN)
    assert load_spec(project, app_root=".").spec.app_root == ""
    with pytest.raises(UsageError, match="no application has the appRoot web"):
        load_spec(project, app_root="web")


def test_two_applications_never_share_a_default_name(project):
    long = "packages/very-long-name-of-a-frontend-package"
    roots = ["a/b", "a-b", "A/B", f"{long}-one", f"{long}-two", "日本"]
    write(project, yaml.safe_dump({"applications": [{"appRoot": root, "frontend": {}} for root in roots]}))
    names = {load_spec(project, app_root=root).spec.app for root in roots}
    assert len(names) == len(roots)
    assert all(len(name) <= 40 for name in names)


def test_the_name_can_be_overridden(project):
    write(project, "app: notes\n" + textwrap.dedent(PLAIN))
    assert load_spec(project).spec.app == "notes"
    assert load_spec(project, app_name="other").spec.app == "other"
    with pytest.raises(UsageError) as caught:
        load_spec(project, app_name="No Label")
    assert "no-label" in caught.value.hint


def test_custom_http_overrides_the_headers(project):
    write(project, PLAIN + "    customHeaders: [{pattern: a, headers: [{key: A, value: b}]}]\n")
    write(
        project, "customHeaders:\n- pattern: '*.js'\n  headers:\n  - {key: C, value: d}\n", "customHttp.yml"
    )
    loaded = load_spec(project)
    assert [rule.pattern for rule in loaded.spec.custom_headers] == ["*.js"]
    assert loaded.spec.headers_file.endswith("customHttp.yml")
    assert "customHeaders" not in loaded.spec.lines
    assert [warning.rule for warning in loaded.warnings] == ["headers-twice"]


def test_custom_http_of_a_monorepo(project):
    write(project, MONOREPO)
    rule = {"pattern": "a", "headers": [{"key": "A", "value": "b"}]}
    entries = [{"appRoot": "apps/web", "customHeaders": [rule]}, {"appRoot": "gone", "customHeaders": [rule]}]
    write(project, yaml.safe_dump({"applications": entries}), "customHttp.yml")
    loaded = load_spec(project, app_root="apps/web")
    assert len(loaded.spec.custom_headers) == 1
    assert [warning.rule for warning in loaded.warnings] == ["headers-of-nothing"]
    assert load_spec(project, app_root="Docs Site").spec.custom_headers == ()


def test_mistakes_of_both_files_are_told_at_once(project):
    write(project, "frontent: {}\nversion: 1")
    write(project, "customHeaders:\n- pattern: a\n", "customHttp.yml")
    with pytest.raises(SpecError) as caught:
        load_spec(project)
    places = [(problem.rule, problem.where.file.rsplit("/", 1)[1]) for problem in caught.value.problems]
    assert places == [("unknown-key", "amplify.yml"), ("missing", "customHttp.yml")]


@pytest.mark.parametrize(("name", "rules"), [("amplify.yaml", []), ("Amplify.yml", ["file-name"])])
def test_other_names_of_the_file(project, name, rules):
    loaded = load_spec(write(project, PLAIN, name))
    assert [warning.rule for warning in loaded.warnings] == rules
    assert loaded.spec.file.endswith(name)


def test_two_files_are_a_warning(project):
    write(project, PLAIN, "amplify.yaml")
    loaded = load_spec(write(project, PLAIN))
    assert loaded.spec.file.endswith("amplify.yml")
    assert [warning.rule for warning in loaded.warnings] == ["two-files"]


@pytest.mark.parametrize("verb", [load_spec, check])
def test_without_a_file_the_hint_is_init(project, verb):
    with pytest.raises(UsageError, match="no folder"):
        verb(project)
    project.mkdir()
    (project / "amplify.yml").mkdir()
    with pytest.raises(UsageError) as caught:
        verb(project)
    assert "windlass init" in caught.value.hint


MISTAKES = """
    version: 1
    ap: notes                                 # 2  unknown-key
    env:
      variables:
        AWS_REGION: eu-west-1                 # 5  variable
    backend:
      api: {rest: {routes: {GET /: nobody}}}  # 7  no-such-resource
    frontend:
      phases:
        prebuild:                             # 10 wrong-case
          commands: [npm ci]
        build:
          commands:
            - echo one: two                   # 14 command-is-mapping
      artifacts:
        baseDirectory: ../dist                # 16 path-leaves
      cache: node_modules                     # 17 kind
    redirects:
      - {source: old, target: /new}           # 19 source
      - {source: /a, target: /b, status: 999} # 20 value
    environments:
      prod: {branch: main}
      live: {branch: main}                    # 23 same-branch
    version: 2                                # 24 duplicate-key
"""


def test_a_spec_with_ten_kinds_of_mistakes(project):
    write(project, MISTAKES)
    expected = [
        (int(line), rule)
        for line, rule in (text.split("#")[1].split() for text in MISTAKES.splitlines() if "#" in text)
    ]
    with pytest.raises(SpecError) as caught:
        load_spec(project)
    found = [(problem.where.line, problem.rule) for problem in caught.value.problems]
    assert found == expected
    assert len({rule for _, rule in found}) == 10 + 1
    assert all(problem.hint and problem.where.column for problem in caught.value.problems)
    assert check(project) == caught.value.problems


NAMES = st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True).filter(lambda name: not name.startswith("AWS"))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(
    str.strip
)
PHASE = st.fixed_dictionaries({"commands": st.lists(WORDS, max_size=3)})
SPECS = st.fixed_dictionaries(
    {"version": st.sampled_from([1, 0.1, "1.0"])},
    optional={
        "app": st.just("notes"),
        "env": st.fixed_dictionaries({"variables": st.dictionaries(NAMES, WORDS, max_size=3)}),
        "frontend": st.fixed_dictionaries(
            {
                "artifacts": st.fixed_dictionaries(
                    {"baseDirectory": st.just("dist"), "files": st.lists(WORDS)}
                )
            },
            optional={"phases": st.fixed_dictionaries({}, optional={"preBuild": PHASE, "build": PHASE})},
        ),
        "environments": st.dictionaries(st.sampled_from(["prod", "dev"]), st.just({"pull_requests": False})),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SPECS)
def test_a_valid_spec_comes_back_as_it_was_written(project, tree):
    write(project, yaml.safe_dump(tree, allow_unicode=True))
    spec = load_spec(project).spec
    frontend = tree.get("frontend", {})
    assert spec.version == str(tree["version"])
    assert spec.variables == tree.get("env", {}).get("variables", {})
    assert spec.frontend.artifacts.files == tuple(frontend.get("artifacts", {}).get("files", ["**/*"]))
    assert set(spec.environments) == set(tree.get("environments", {}))
    for key, phase in (("preBuild", "pre_build"), ("build", "build")):
        written = frontend.get("phases", {}).get(key)
        read = getattr(spec.frontend.phases, phase, None)
        assert (written is None) == (read is None)
        assert written is None or read.commands == tuple(written["commands"])


WORDS_OF_THE_FORMAT = """
    version app env variables frontend backend test phases preBuild build commands artifacts
    baseDirectory files cache paths customHeaders pattern headers key value redirects source target
    status condition environments prod branch pull_requests applications appRoot buildpath discard-
    paths x prebuild
"""
KEYS = st.sampled_from(WORDS_OF_THE_FORMAT.split())
TREES = st.recursive(
    st.sampled_from([None, "", "/", "..", "true", "200", "main", "a: b", "</x/>"]) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=30,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(st.dictionaries(KEYS, TREES, min_size=1))
def test_any_tree_is_a_spec_or_a_spec_error(project, tree):
    write(project, yaml.safe_dump(tree, allow_unicode=True))
    errors = [problem for problem in check(project) if problem.severity == "error"]
    try:
        load_spec(project, app_root=None if len(tree.get("applications") or ()) < 2 else "")
    except SpecError as error:
        assert list(error.problems) == errors
    except UsageError:
        assert not errors
    else:
        assert not errors
