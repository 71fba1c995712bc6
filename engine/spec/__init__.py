"""Reading ``amplify.yml``: find, read with every line kept, explain what is wrong, give one :class:`Spec`.

:func:`load_spec` is the way in. :func:`check` lists problems without raising, :func:`json_schema` is for
editors, :func:`read` and :func:`problems` are for other YAML files that want the same messages.
"""

from engine.spec.load import Loaded, check, checked, load_spec, load_specs
from engine.spec.mend import mend_file
from engine.spec.model import EnvironmentRule, HeaderRule, Redirect, Spec
from engine.spec.names import slug
from engine.spec.reader import Document, read
from engine.spec.schema import json_schema
from engine.spec.validate import problems

__all__ = [
    "Document",
    "EnvironmentRule",
    "HeaderRule",
    "Loaded",
    "Redirect",
    "Spec",
    "check",
    "checked",
    "json_schema",
    "load_spec",
    "load_specs",
    "mend_file",
    "problems",
    "read",
    "slug",
]
