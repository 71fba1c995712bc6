"""The AWS emulator: a daemon of this machine, one for each project."""

from engine.local.emulator.control import LocalStatus, local_target, reset, start, status, stop

__all__ = ["LocalStatus", "local_target", "reset", "start", "status", "stop"]
