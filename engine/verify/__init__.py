"""Look at what is live, from outside, and say whether it is what was published."""

from engine.verify.checks import verify
from engine.verify.model import Check, VerifyRequest

__all__ = ["Check", "VerifyRequest", "verify"]
