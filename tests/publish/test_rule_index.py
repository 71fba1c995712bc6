import json

from engine.publish.edge_rule import EdgeRule
from engine.publish.redirects import compile_redirect
from engine.publish.rule_index import VALUE_LIMIT, rule_index
from engine.spec.model import Redirect


def rules(*sources):
    return [
        compile_redirect(Redirect(source=source, target="/" + "t" * 90), number)
        for number, source in enumerate(sources)
    ]


def numbers(values):
    return [[rule["n"] for rule in json.loads(value)] for value in values]


def test_few_rules_are_one_list():
    index = rule_index(rules("/a", "/b/<*>", "/<x>"))
    assert numbers(index.listed) == [[0, 1, 2]]
    assert (index.buckets, index.depths) == ((), ())
    assert rule_index([]).listed == ()


def test_many_rules_are_in_buckets_by_what_their_paths_begin_with():
    sources = [
        "/<x>/y",
        *(f"/p{n}" for n in range(30)),
        *(f"/a{n}/<*>" for n in range(9)),
        "/x/y/<*>",
        "/<*>",
    ]
    index = rule_index(rules(*sources))
    assert numbers(index.listed) == [[0, len(sources) - 1]]
    assert sorted(number for bucket in numbers(index.buckets) for number in bucket) == list(range(1, 41))
    assert index.depths == (0, 1, 2)


def test_no_value_is_too_long_even_where_all_paths_begin_alike():
    index = rule_index(rules(*(f"/a/x{n}<*>" for n in range(100)), "/b", "/c"))
    assert numbers(index.buckets) != []
    assert [n for chunk in numbers(index.listed) for n in chunk] == list(range(100))
    assert max(len(value.encode()) for value in (*index.listed, *index.buckets)) <= VALUE_LIMIT


def test_rules_that_are_all_in_buckets_leave_an_empty_list():
    assert rule_index(rules(*(f"/p{n}" for n in range(30)))).listed == ("[]",)


def test_a_rule_without_a_path_is_in_the_list():
    index = rule_index(
        [*rules(*(f"/p{n}" for n in range(30))), EdgeRule("404", "", ("404.html",), number=30)]
    )
    assert numbers(index.listed) == [[30]]


def test_rules_of_one_path_that_fit_no_bucket_are_one_list():
    index = rule_index(rules(*["/"] * 30))
    assert [number for value in numbers(index.listed) for number in value] == list(range(30))
    assert (index.buckets, index.depths) == ((), ())
