import json
from pathlib import Path

import pytest

from engine.bundle.model import Bundle, BundleFile
from engine.errors import PublishError, SpecError
from engine.publish.entries import VALUE_LIMIT, compile_entries, rule_problems
from engine.publish.proxies import MOST
from engine.spec.model import Header, HeaderRule, Redirect

RELEASE = "0123456789ab"


def bundle(paths=(), redirects=(), headers=()):
    files = tuple(BundleFile(path, 1, "0" * 64, "text/x", "no-cache", "/static/" in path) for path in paths)
    return Bundle(Path("/nowhere"), files, tuple(redirects), tuple(headers))


def redirect(source, target="/x", status="301", condition=None):
    return Redirect(source=source, target=target, status=status, condition=condition)


def header(pattern, **values):
    return HeaderRule(pattern=pattern, headers=tuple(Header(key=k, value=v) for k, v in values.items()))


def compiled(*args, **kwargs):
    entries = compile_entries(bundle(*args, **kwargs), RELEASE)
    live = json.loads(entries.live)
    values = [f"{RELEASE}/{kind}{k}" for kind in "cb" for k in range(live.get(kind, 0))]
    rules = [rule for key in values for rule in json.loads(entries.keys[key])]
    headers = "".join(entries.keys[f"{RELEASE}/h{k}"] for k in range(live["h"]))
    return entries, live, sorted(rules, key=lambda rule: rule["n"]), json.loads(headers or "[]")


def test_live_says_how_much_there_is_and_the_rest_is_below_the_release():
    entries, live, _, _ = compiled(["index.html"], [redirect("/a")], [header("**/*", a="1")])
    assert live == {"r": RELEASE, "c": 1, "h": 1, "i": 1}
    assert set(entries.keys) == {f"{RELEASE}/c0", f"{RELEASE}/h0", f"{RELEASE}/i0"}
    assert entries == compile_entries(
        bundle(["index.html"], [redirect("/a")], [header("**/*", a="1")]), RELEASE
    )


def test_no_value_is_above_the_limit_and_rules_keep_their_order():
    redirects = [redirect(f"/ö{n}/" + "x" * (n % 300), f"/{n}") for n in range(400)]
    entries, live, rules, headers = compiled(["a"], redirects, [header("*.js", a="é" * 2000)])
    assert live["b"] > 10
    assert live["d"] == [0]
    assert max(len(value.encode()) for value in entries.keys.values()) <= VALUE_LIMIT
    assert [rule["t"] for rule in rules] == [[f"/{n}"] for n in range(400)]
    assert headers == [["^/(?:.*/)?[^/]*\\.js/?$", {"a": "é" * 2000}]]


@pytest.mark.parametrize(
    ("paths", "redirects", "statuses", "copies"),
    [
        (["index.html"], [], ["404-200"], ()),
        (["index.html", "404.html"], [], ["404"], ("404.html",)),
        (["a.txt"], [], [], ()),
        (["index.html"], [redirect("/a")], ["301"], ()),
        (["index.html", "404.html"], [redirect("/a")], ["301", "404"], ("404.html",)),
        (["a.html", "404.html"], [redirect("/<*>", "/a", "404")], ["404", "404"], ("404.html", "a.html")),
        (["a/index.html"], [redirect("/<*>", "/a/", "404")], ["404"], ("a/index.html",)),
        (["index.html"], [redirect("/<*>", "/", "404")], ["404"], ("index.html",)),
        (["index.html"], [redirect("/<*>", "/gone.html", "404")], [], ()),
    ],
)
def test_what_answers_for_missing_files(paths, redirects, statuses, copies):
    entries, _, rules, _ = compiled(paths, redirects)
    assert [rule["s"] for rule in rules] == statuses
    assert entries.not_found_copies == copies


@pytest.mark.parametrize(
    ("rule", "name", "says"),
    [
        (redirect("/<*>", "https://a.example/", "404-200"), "redirect-proxy", "404-200"),
        (redirect("</^/api/>", "https://a.example/", "200"), "redirect-proxy", "regular expression"),
        (redirect("https://b.example", "https://a.example/", "200"), "redirect-proxy", "whole host"),
        (redirect("/a/<*>", "https://a.example/<*>", "200", "<US>"), "redirect-proxy", "country"),
        (redirect("/<h>/<*>", "https://<h>.example/<*>", "200"), "redirect-proxy", "one host"),
        (redirect("/a/<*>", "https://a.example/<*>?k=1", "200"), "redirect-proxy", "query string"),
        (redirect("/a/<*>", "https://10.0.0.1/<*>", "200"), "redirect-proxy", "name of a host"),
        (redirect("/a/<*>", "https://u:p@a.example/", "200"), "redirect-proxy", "name of a host"),
        (redirect("/a/<*>", "https://a.example:99/", "200"), "redirect-proxy", "ports"),
        (redirect("/a/<*>", "https://a.example:x/", "200"), "redirect-proxy", "name of a host"),
        (redirect("/" + "a" * 300, "https://a.example/", "200"), "redirect-proxy", "255 characters"),
        (redirect("/<*>/a/<*>", "/<*>"), "redirect-wildcard", "more than one <*>"),
        (redirect("/a/<x>", "/b/<y>"), "redirect-placeholder", "<y>"),
        (redirect("</^/a/(.*)$/>", "/b/<*>"), "redirect-placeholder", "<*>"),
        (redirect("/a/<x>", "/<x>.html", "404"), "redirect-placeholder", "one file"),
        (redirect("</[/>"), "redirect-expression", "not a valid regular expression"),
        (redirect("</(?P<a>b)/>"), "redirect-expression", "means nothing in JavaScript"),
        (redirect("/" + "ä" * 600), "redirect-too-long", "bytes"),
    ],
)
def test_a_rule_the_edge_cannot_follow_is_named(rule, name, says):
    with pytest.raises(SpecError) as raised:
        compiled(["a"], [redirect("/fine"), rule])
    (problem,) = raised.value.problems
    assert (problem.rule, problem.key) == (name, "redirects[1]")
    assert says in problem.message
    assert problem.hint


def test_all_problems_are_named_at_once():
    rules = [redirect("</(/>"), redirect("/a", "/<x>")]
    headers = [header("a", Via="1"), header("b", **{"x-a": "1"}), header("c", **{"Set-Cookie": "a=b"})]
    keys = [problem.key for problem in rule_problems(rules, headers)]
    assert keys == ["redirects[0]", "redirects[1]", "customHeaders[0]", "customHeaders[2]"]


@pytest.mark.parametrize(
    "expression", ["(?<name>a)", "a(?=b)", "(?<!a)b", "^[^.]+$|\\.(?!(css|js)$)([^.]+$)"]
)
def test_javascript_expressions_pass(expression):
    assert not rule_problems([redirect(f"</{expression}/>")], [])


def test_the_proxy_that_is_one_too_many_is_named():
    rules = [redirect(f"/{n}/<*>", f"https://h{n}.example/<*>", "200") for n in range(MOST + 2)]
    assert [problem.key for problem in rule_problems(rules, [])] == [
        f"redirects[{MOST}]",
        f"redirects[{MOST + 1}]",
    ]


def test_rules_for_other_environments_are_left_out():
    rules = [
        Redirect(source="/a", target="/x", environments=("staging",)),
        Redirect(source="/b", target="/x", environments=("pr-*", "preview")),
        Redirect(source="/c", target="/x"),
    ]
    only = HeaderRule(
        pattern="*", headers=(Header(key="x-robots-tag", value="none"),), environments="preview"
    )

    def live_in(*names):
        entries = compile_entries(bundle(["a"], rules, [only]), RELEASE, frozenset(names))
        found = json.loads(entries.keys[f"{RELEASE}/c0"])
        return [rule["e"] for rule in found], json.loads(entries.live)["h"]

    assert live_in("prod") == (["/c"], 0)
    assert live_in("staging") == (["/a", "/c"], 0)
    assert live_in("pr-7", "review") == (["/b", "/c"], 0)
    assert live_in("feature-x", "preview") == (["/b", "/c"], 1)


def test_rules_for_one_environment_leave_the_default_to_all():
    rules = [Redirect(source="/a", target="/x", environments=("staging",))]
    for names in ({"prod"}, {"staging"}):
        entries = compile_entries(bundle(["index.html"], rules), RELEASE, frozenset(names))
        assert json.loads(entries.keys[f"{RELEASE}/c0"])[-1]["s"] == "404-200"


def test_too_much_for_the_store():
    with pytest.raises(PublishError, match="custom headers take"):
        compiled(["a"], headers=[header("*", a="x" * 21_000)])
    long = "x" * 900
    with pytest.raises(PublishError, match="a release may take"):
        compiled(["a"], [redirect(f"/{n}{long}") for n in range(2200)])
