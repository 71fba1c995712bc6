"""Every rule is documented, and every name that the code tells is that of a rule."""

import ast
import re
from pathlib import Path

import engine
from engine.doctor.documents import documents, reference
from engine.doctor.rules import RULES
from engine.doctor.spec_rules import SPEC_RULES, all_names

ENGINE = Path(engine.__file__).parent
TELLERS = {"Problem", "problem", "wrong", "_warning", "_refused", "RuleError", "Shape", "_Cause", "Misfit"}
READERS = ("spec", "publish", "environment", "doctor", "functions", "steps")
NAME = re.compile(r"[a-z]+(-[a-z]+)*")


def trees():
    for file in (file for folder in READERS for file in (ENGINE / folder).rglob("*.py")):
        yield ast.parse(file.read_text())


def told():
    """The names of rules in the calls that tell a problem: the first argument, or `rule`."""
    for call in (node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)):
        named = [keyword.value for keyword in call.keywords if keyword.arg == "rule"]
        first = call.args[:1] if getattr(call.func, "id", "") in TELLERS else []
        for value in (*first, *named):
            if isinstance(value, ast.Constant) and NAME.fullmatch(str(value.value)):
                yield value.value


def test_every_name_is_documented():
    names = set(told())
    assert {"wrong-case", "duplicate-key", "redirect-wildcard", "no-such-resource"} <= names
    assert names <= all_names()


def test_every_document_is_of_a_rule():
    nodes = (node for tree in trees() for node in ast.walk(tree))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant)]
    assert all(texts.count(name) > 1 for name in SPEC_RULES)


def test_each_rule_is_a_file_of_its_own_with_a_test():
    files = {file.stem.replace("_", "-") for file in (ENGINE / "doctor/rules").glob("[a-z]*.py")}
    tests = {file.stem[5:].replace("_", "-") for file in (Path(__file__).parent / "rules").glob("test_*.py")}
    names = [rule.name for rule in RULES]
    assert set(names) == files == tests
    assert len(names) == len(set(names))
    assert names == sorted(names)


def test_each_rule_says_what_why_and_how():
    for rule in RULES:
        assert all(text.endswith(".") and len(text) > 20 for text in (rule.what, rule.why, rule.fix)), (
            rule.name
        )
        assert rule.severity in ("error", "warning")


def test_the_page_names_all():
    page = reference()
    assert all(document.name in page for document in documents())
