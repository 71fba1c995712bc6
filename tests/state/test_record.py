"""What is remembered of an environment."""

from engine.state.backend import StateBackend
from engine.state.record import DeploymentRecord, EnvironmentRecord, environments, forget, load, save


def test_a_record_comes_back(tmp_path):
    state = StateBackend.folder(tmp_path)
    record = EnvironmentRecord("notes", "prod", digest="d", outputs={"bucket": "b"}, history={"releases": []})
    record = record.with_deployment(DeploymentRecord("1", "running", 1.0))
    save(state, record)
    assert load(state, "notes", "prod") == record


def test_a_deployment_takes_the_place_of_itself_and_old_ones_go():
    record = EnvironmentRecord("notes", "prod")
    for number in range(60):
        record = record.with_deployment(DeploymentRecord(str(number), "running", float(number)))
    record = record.with_deployment(DeploymentRecord("59", "succeeded", 59.0))
    assert len(record.deployments) == 50
    assert [d.status for d in record.deployments if d.id == "59"] == ["succeeded"]


def test_a_deployment_that_was_killed_could_not_say_how_it_ended():
    record = EnvironmentRecord("notes", "prod")
    assert not record.with_deployment(DeploymentRecord("1", "running", 1.0)).interrupted("1")
    record = record.with_deployment(DeploymentRecord("1", "failed", 1.0))
    assert not record.interrupted("2")
    record = record.with_deployment(DeploymentRecord("2", "running", 2.0))
    assert record.with_deployment(DeploymentRecord("3", "running", 3.0)).interrupted("3")


def test_environments_are_found_and_forgotten(tmp_path):
    state = StateBackend.folder(tmp_path)
    for app, name in (("notes", "prod"), ("notes", "pr-1"), ("other", "dev")):
        save(state, EnvironmentRecord(app, name))
    assert environments(state, "notes") == ["pr-1", "prod"]
    forget(state, "notes", "pr-1")
    assert environments(state, "notes") == ["prod"]
    assert load(state, "notes", "pr-1") is None
