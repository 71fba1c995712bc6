"""The version of Windlass, in one place."""

__version__ = "0.1.0"
