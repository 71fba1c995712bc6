"""``uses``: a resource, and the accesses to it."""

import pytest
from pydantic import ValidationError

from engine.spec import load_spec
from engine.spec.backend.uses import ACCESSES, Uses
from engine.spec.base import Model

FILE = """version: 1
backend:
  database: {notes: {partition_key: id}}
  functions:
    work: {source: ., handler: app.handler, runtime: python3.12, uses: [{database.notes: read}]}
"""


class Holder(Model):
    uses: Uses = ()


def test_a_name_alone_is_every_access():
    (use,) = Holder.model_validate({"uses": ["database.notes"]}).uses
    assert (use.resource, use.kind, use.accesses) == ("database.notes", "database", ACCESSES["database"])


@pytest.mark.parametrize("asked", ["read", ["read"]])
def test_one_access_may_be_asked_for(asked):
    (use,) = Holder.model_validate({"uses": [{"database.notes": asked}]}).uses
    assert use.accesses == ("read",)


@pytest.mark.parametrize("bad", ["tables.notes", {"database.notes": "drop"}, {}, {"a": "b", "c": "d"}, 3])
def test_what_nobody_can_use_is_refused(bad):
    with pytest.raises(ValidationError):
        Holder.model_validate({"uses": [bad]})


def test_it_reads_back_what_it_wrote():
    holder = Holder.model_validate({"uses": ["auth", {"queues.jobs": "send"}]})
    assert Holder.model_validate(holder.model_dump(mode="json")) == holder


def test_a_mapping_is_read_from_a_file_as_well(tmp_path):
    (tmp_path / "app.py").touch()
    (tmp_path / "amplify.yml").write_text(FILE)
    (use,) = load_spec(tmp_path).spec.backend.functions["work"].uses
    assert (use.resource, use.accesses) == ("database.notes", ("read",))
