"""What every key of ``amplify.yml`` and of the policies takes, from the models alone.

``windlass explain KEY`` and the reference pages of the docs are made from it; the JSON Schema from
the same models.
"""

from engine.reference.find import below, find
from engine.reference.keys import policy_keys, reference, spec_keys
from engine.reference.model import KeyDoc

__all__ = ["KeyDoc", "below", "find", "policy_keys", "reference", "spec_keys"]
