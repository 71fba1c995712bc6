"""Use a deployed backend as somebody would who visits the site, and clean up."""

from engine.verify.backend.checks import verify_backend
from engine.verify.backend.model import BackendRequest

__all__ = ["BackendRequest", "verify_backend"]
