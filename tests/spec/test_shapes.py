import pytest

PLAIN = """
    frontend:
      phases:
        build:
          commands: [npm run build]
      artifacts:
        baseDirectory: dist
        files: ['**/*']
      cache:
        paths: [node_modules/**/*]
"""

# Each means PLAIN: (what is told, the text).
CROOKED = {
    "phase without phases": (
        [("phase-without-phases", 2, "frontend.build")],
        """
        frontend:
          build:
            commands: [npm run build]
          artifacts: {baseDirectory: dist}
          cache: {paths: [node_modules/**/*]}
        """,
    ),
    "list as phase": (
        [("phase-is-list", 3, "frontend.phases.build")],
        """
        frontend:
          phases:
            build:
              - npm run build
          artifacts: {baseDirectory: dist}
          cache: {paths: [node_modules/**/*]}
        """,
    ),
    "text as phase, outside phases": (
        [("phase-without-phases", 2, "frontend.build"), ("phase-is-list", 2, "frontend.phases.build")],
        """
        frontend:
          build: npm run build
          artifacts: {baseDirectory: dist}
          cache: {paths: [node_modules/**/*]}
        """,
    ),
    "artifacts and cache inside phases": (
        [("inside-phases", 4, "frontend.phases.artifacts"), ("inside-phases", 5, "frontend.phases.cache")],
        """
        frontend:
          phases:
            build: {commands: npm run build}
            artifacts: {baseDirectory: dist}
            cache: {paths: [node_modules/**/*]}
        """,
    ),
    "base directory inside phases": (
        [
            ("inside-phases", 4, "frontend.phases.baseDirectory"),
            ("inside-phases", 5, "frontend.phases.files"),
        ],
        """
        frontend:
          phases:
            build: {commands: npm run build}
            baseDirectory: dist
            files: '**/*'
          cache: {paths: [node_modules/**/*]}
        """,
    ),
    "lists as cache and artifacts": (
        [("files-is-list", 4, "frontend.artifacts"), ("cache-is-list", 5, "frontend.cache")],
        """
        frontend:
          phases:
            build: {commands: npm run build}
          artifacts: ['**/*']
          cache: [node_modules/**/*]
        """,
    ),
}


@pytest.mark.parametrize("name", CROOKED)
def test_what_can_mean_only_one_thing_is_read_so_with_a_warning(name, examine, told):
    expected, text = CROOKED[name]
    assert sorted(told(text)) == sorted((rule, "warning", line, key) for rule, line, key in expected)
    read, plain = examine(text).model.frontend, examine(PLAIN).model.frontend
    assert read.phases == plain.phases
    assert read.cache == plain.cache
    assert read.artifacts.files == plain.artifacts.files


@pytest.mark.parametrize(
    ("text", "rule", "line", "key"),
    [
        (
            "frontend:\n  phases:\n    commands:\n      build: [a]",
            "inverted-phases",
            3,
            "frontend.phases.commands",
        ),
        ("frontend:\n  phases:\n    commands: [a]", "commands-without-phase", 3, "frontend.phases.commands"),
        ("frontend:\n  commands: [a]", "commands-without-phase", 2, "frontend.commands"),
        ("commands: [a]", "commands-without-phase", 1, "commands"),
        ("version: 1\nbuild:\n  phases:\n    preBuild: {commands: [a]}", "top-level-section", 2, "build"),
        ("version: 1\nphases:\n  build: {commands: [a]}", "top-level-section", 2, "phases"),
        ("version: 1\nartifacts: {baseDirectory: a}", "top-level-section", 2, "artifacts"),
        (
            "frontend:\n  phases:\n    build:\n      commands:\n        - a\n        - echo b: c",
            "command-is-mapping",
            6,
            "frontend.phases.build.commands[1]",
        ),
        (
            "frontend:\n  phases: {build: {commands: [a]}}\n  build: {commands: [b]}",
            "phase-without-phases",
            3,
            "frontend.build",
        ),
    ],
)
def test_what_can_mean_several_things_is_an_error(text, rule, line, key, told):
    assert told(text) == [(rule, "error", line, key)]


def test_both_spellings_of_build_path(examine, told):
    text = "frontend: {buildpath: /}"
    assert told(text) == [("lower-case-build-path", "warning", 1, "frontend.buildpath")]
    assert examine(text).model.frontend.build_path == ""


def test_headers_in_the_frontend_count(examine, told):
    text = """
        applications:
          - appRoot: web
            frontend:
              customHeaders:
                - pattern: '**/*'
                  headers: [{key: X-A, value: 1}]
    """
    assert told(text) == [("headers-in-frontend", "warning", 4, "applications[0].frontend.customHeaders")]
    (application,) = examine(text).model.applications
    assert application.custom_headers[0].headers[0].value == "1"


@pytest.mark.parametrize(
    "text", ["customHeaders: customHttp.yml", "frontend:\n  customHeaders: customHttp.yml"]
)
def test_the_name_of_a_headers_file_is_passed_over(text, examine, told):
    assert [(rule, severity) for rule, severity, _, _ in told(text)] == [("headers-file-named", "warning")]
    assert examine(text).model.custom_headers == ()


@pytest.mark.parametrize("text", ["appRoot: web\nfrontend: {}", "frontend: {appRoot: web}"])
def test_an_app_root_without_applications_is_passed_over(text, examine, told):
    assert [(rule, severity) for rule, severity, _, _ in told(text)] == [("misplaced-app-root", "warning")]
    assert examine(text).model.app_root is None


def test_an_app_root_inside_the_frontend_of_an_application_counts(examine, told):
    text = "applications:\n- frontend:\n    appRoot: web"
    assert told(text) == [("misplaced-app-root", "warning", 3, "applications[0].frontend.appRoot")]
    assert examine(text).model.applications[0].app_root == "web"
