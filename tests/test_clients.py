"""Clients are made once, and early where that is asked for."""

import threading

import engine.clients
from engine.clients import Clients
from engine.target import Target

HERE, THERE = Target("local", endpoint="http://127.0.0.1:1"), Target("local", endpoint="http://127.0.0.1:2")


def test_a_client_is_made_once_for_each_target_and_service(monkeypatch):
    made = []
    monkeypatch.setattr(engine.clients, "client", lambda *key: made.append(key) or object())
    clients = Clients()
    assert clients.get(HERE, "s3") is clients.get(HERE, "s3")
    assert clients.get(HERE, "s3") is not clients.get(THERE, "s3")
    assert made == [(HERE, "s3"), (THERE, "s3")]


def test_one_that_is_being_made_is_waited_for(monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def slow(target, service):
        begun.set()
        assert go_on.wait(5)
        return object()

    monkeypatch.setattr(engine.clients, "client", slow)
    clients = Clients()
    clients.warm(HERE, "s3")
    assert begun.wait(5)
    monkeypatch.setattr(engine.clients, "client", None)  # a second one would be an error
    threading.Timer(0.05, go_on.set).start()
    assert clients.get(HERE, "s3") is not None


def test_what_fails_early_fails_again_where_it_can_be_told(monkeypatch):
    tried = threading.Event()

    def broken(target, service):
        tried.set()
        raise OSError("no profile")

    monkeypatch.setattr(engine.clients, "client", broken)
    clients = Clients()
    clients.warm(HERE, "s3")
    assert tried.wait(5)
    try:
        clients.get(HERE, "s3")
    except OSError as error:
        assert str(error) == "no profile"
    else:
        raise AssertionError
