"""What Pulumi refuses, and a state in which it does not."""

from engine.provision.protection import kept, refused, released

URN = "urn:pulumi:prod::shop::aws:sqs/queue:Queue::queues-jobs"
OTHER = URN.replace("jobs", "mails")


def export(*resources):
    return {"version": 3, "deployment": {"resources": list(resources)}}


def test_pulumis_refusal_names_the_resource_even_across_lines():
    lines = [
        f'Preview failed: resource "{URN}" cannot be deleted\nbecause it is protected.',
        f'unable to replace resource "{OTHER}"\nas it is currently marked for protection. To unprotect',
        "preview failed",
    ]
    assert refused(lines) == {URN, OTHER}
    assert refused(["anything else"]) == frozenset()


def test_only_what_is_named_is_released_and_the_export_stays_as_it_was():
    before = export(
        {"urn": URN, "type": "t", "protect": True, "retainOnDelete": True},
        {"urn": OTHER, "type": "t", "protect": True, "retainOnDelete": True},
    )
    after = released(before, {URN})
    assert kept(before) == {URN, OTHER}
    assert kept(after) == {OTHER}
    assert [one["protect"] for one in after["deployment"]["resources"]] == [False, True]
    assert before["deployment"]["resources"][0]["protect"] is True


def test_an_empty_stack_keeps_nothing():
    assert kept({"deployment": {}}) == frozenset()
    assert released({"deployment": {}}, {URN}) == {"deployment": {"resources": []}}
