"""The ``backend`` section of the spec: one file a kind of resource, one model a resource."""
