import pytest

from engine.spec.examine import examine_spec


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("frontend:\n  framework: nextjs", 2, "frontend.framework"),
        ("applications:\n- appRoot: a\n  frontend:\n    path: b", 4, "applications[0].frontend.path"),
        ("frontend:\n  buildSettings: {exclude: [a]}", 2, "frontend.buildSettings"),
        ("frontend:\n  environment: {variables: {A: b}}", 2, "frontend.environment"),
        ("frontend:\n  environmentVariables: {A: b}", 2, "frontend.environmentVariables"),
        ("frontend:\n  env: {variables: {A: b}}", 2, "frontend.env"),
        ("frontend:\n  phases:\n    build:\n      env: {A: b}", 4, "frontend.phases.build.env"),
        ("frontend:\n  phases:\n    install: {commands: [a]}", 3, "frontend.phases.install"),
        ("frontend:\n  redirects: [{source: /}]", 2, "frontend.redirects"),
        ("frontend:\n  customRedirects: []", 2, "frontend.customRedirects"),
        ("frontend: {}\ncustomRules: []", 2, "customRules"),
        ("frontend:\n  nodeVersion: 20", 2, "frontend.nodeVersion"),
        ("applications:\n- appRoot: a\n  repository: {paths: [b]}", 3, "applications[0].repository"),
        ("backend:\n  artifacts: {baseDirectory: a}", 2, "backend.artifacts"),
        ("backend:\n  customHeaders: [{headers: [{key: a}]}]", 2, "backend.customHeaders"),
        ("frontend:\n  cache:\n    ths: [a]", 3, "frontend.cache.ths"),
        (
            "frontend:\n  artifacts:\n    secondary-artifacts: {}",
            3,
            "frontend.artifacts.secondary-artifacts",
        ),
        ("frontend:\n  phases:\n    build:\n      runtime-versions: {nodejs: 18}", 4, None),
    ],
)
def test_keys_that_real_files_carry_are_warnings_with_what_to_write(text, line, key, examine, told):
    ((rule, severity, at, found),) = told(text)
    assert (rule, severity, at) == ("foreign-key", "warning", line)
    assert key in (None, found)
    problem = next(problem for problem in examine(text).problems if problem.rule == rule)
    assert problem.hint
    assert examine(text).model is not None


@pytest.mark.parametrize(
    ("text", "line", "rule", "hint"),
    [
        ("fronted: {}\nversion: 1", 1, "unknown-key", "Did you mean `frontend`?"),
        ("frontend:\n  artifact: {}", 2, "unknown-key", "Did you mean `artifacts`?"),
        ("frontend:\n  artifacts:\n    baseDir: a", 3, "unknown-key", "Did you mean `baseDirectory`?"),
        ("frontend:\n  baseDirectory: a", 2, "unknown-key", "`baseDirectory` belongs under `artifacts:`."),
        ("env:\n  PORT: 1", 2, "unknown-key", "Known here: variables,"),
        ("frontend:\n  phases:\n    prebuild: {}", 3, "wrong-case", "Did you mean `preBuild`?"),
        ("frontend:\n  phases:\n    pre_build: {}", 3, "wrong-case", "Did you mean `preBuild`?"),
        ("Frontend: {}", 1, "wrong-case", "Did you mean `frontend`?"),
        ("environments:\n  prod:\n    brnch: main", 3, "unknown-key", "Did you mean `branch`?"),
        ("redirects:\n- source: /\n  target: /\n  code: 301", 4, "unknown-key", "Known here: source"),
        (
            "customHeaders:\n- pattern: a\n  headers:\n  - {key: a, vlue: b, value: c}",
            4,
            "unknown-key",
            "`value`",
        ),
        ("test:\n  artifacts:\n    configFile: a", 3, "unknown-key", "Did you mean `configFilePath`?"),
    ],
)
def test_an_unknown_key_is_an_error_with_what_was_meant(text, line, rule, hint, examine, told):
    ((found, severity, at, _),) = told(text)
    assert (found, severity, at) == (rule, "error", line)
    assert hint in next(problem.hint for problem in examine(text).problems if problem.rule == rule)


def test_anchors_may_be_kept_at_the_top(examine, told):
    text = """
        x-steps: &steps [npm ci]
        .cache: &cache {paths: [node_modules/**/*]}
        frontend:
          phases: {build: {commands: *steps}}
          cache: *cache
    """
    assert told(text) == []
    assert examine(text).model.frontend.phases.build.commands == ("npm ci",)


def test_thousands_of_unknown_keys_are_told_up_to_a_limit():
    text = "version: 1\n" + "".join(f"key{number}: 1\n" for number in range(5000))
    assert len(examine_spec(text.encode(), "f").problems) <= 101
