"""A silence needs a reason, holds for its paths, and is told when it is of no use."""

from pathlib import Path

import pytest

from engine.check import check
from engine.doctor.silence import silence
from engine.errors import Problem, Where
from engine.spec.model import Silence

HERE = Where("amplify.yml", 1)


def problem(rule="import-case", file="web/a.js", severity="warning"):
    return Problem(rule, "wrong", Where(file, 1), severity=severity)


def sorted_(problems, *entries, firm=("wrong-case",)):
    silences = [
        (Silence(rule="import-case", reason="so", **entry), Where("amplify.yml", n))
        for n, entry in enumerate(entries)
    ]
    return silence(problems, silences, Path(), {"import-case", "wrong-case"}, firm)


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        ((), 0),
        (("web/**",), 0),
        (("**/*.js",), 0),
        (("api/**", "web/*"), 0),
        (("api/**",), 1),
        (("*.js",), 1),
    ],
)
def test_paths(paths, told):
    found = sorted_([problem()], {"paths": paths})
    assert [p.rule for p in found.told] == (["import-case", "unused-silence"] if told else [])
    assert [s.reason for s in found.silenced] == ([] if told else ["so"])


def test_another_rule_is_told():
    assert [p.rule for p in sorted_([problem("file-case"), problem()], {}).told] == ["file-case"]


def test_errors_of_the_spec_are_always_told():
    entry = (Silence(rule="wrong-case", reason="so"), HERE)
    found = silence(
        [problem("wrong-case", severity="error")], [entry], Path(), {"wrong-case"}, {"wrong-case"}
    )
    assert [p.rule for p in found.told] == ["wrong-case", "unused-silence"]
    assert silence([problem("wrong-case")], [entry], Path(), {"wrong-case"}, {"wrong-case"}).told == ()


def test_a_rule_that_is_not_there():
    entry = (Silence(rule="imports-case", reason="so"), HERE)
    (told,) = silence([], [entry], Path(), {"import-case"}, ()).told
    assert (told.rule, told.hint) == ("unknown-rule", "Did you mean `import-case`?")


@pytest.mark.parametrize("reason", ["", ", reason: ''", ", reason: '  '", ", reason: "])
def test_without_a_reason_nothing_is_silent(tmp_path, reason):
    (tmp_path / "amplify.yml").write_text(
        f"version: 1\ncheck:\n  ignore:\n    - {{rule: import-case{reason}}}\n"
    )
    found = [(p.severity, p.where.line) for p in check(tmp_path).problems if p.key.endswith("reason")]
    assert found == [("error", 4)]


def test_in_a_file(tmp_path):
    (tmp_path / "amplify.yml").write_text(
        "version: 1\nfrontend: {artifacts: {baseDirectory: dist}}\ncheck:\n  ignore:\n"
        "    - {rule: import-case, reason: old, paths: ['old/**']}\n    - {rule: node-drift, reason: so}\n"
    )
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.js").write_text("import './b'")
        (tmp_path / folder / "B.js").write_text("")
    report = check(tmp_path)
    told = [(p.rule, p.where.line) for p in report.problems]
    assert told == [("import-case", 1), ("unused-silence", 6)]
    assert [s.reason for s in report.silenced] == ["old"]
