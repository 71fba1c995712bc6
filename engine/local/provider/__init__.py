"""A Pulumi resource provider for package ``aws`` that works on the embedded AWS.

It speaks the ResourceProvider protocol of the real Pulumi engine, which attaches to it by
``PULUMI_DEBUG_PROVIDERS=aws:PORT``, and calls the emulator with boto3. Only the types that ``programs/``
uses exist here, one declarative entry each in ``resources/``; an unknown type or input is refused, so that
a program that works here is well-formed for the official provider. Start it with
:func:`engine.local.provider.server.serve` or ``python -m engine.local.provider``.
"""
