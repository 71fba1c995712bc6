import os
import subprocess
import sys
import time

from engine.process import alive, began, started


def test_a_live_process_keeps_its_identity():
    assert started(os.getpid()) == started(os.getpid())
    assert alive(os.getpid(), started(os.getpid()))


def test_another_process_has_another_identity():
    assert started(os.getpid()) != started(os.getppid())
    assert not alive(os.getpid(), started(os.getppid()))


def test_no_process_has_no_identity_and_matches_none():
    assert started(0) is None
    assert started(-1) is None
    assert started(2**22 + 12345) is None
    assert not alive(0, "")
    assert not alive(os.getpid(), "")


def test_when_a_process_began():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert abs(began(child.pid) - time.time()) < 5
        child.communicate(b"\n")
    assert began(child.pid) is None


def test_a_zombie_is_not_alive():
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as child:
        child.stdout.read()  # ends with the child, which nobody has waited for
        while started(child.pid) is not None:
            pass
        assert child.returncode is None
