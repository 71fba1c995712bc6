"""What a build can see of the machine it runs on: one slot for each way to bound that.

The slots are :mod:`.none` and :mod:`.bubblewrap`; :func:`.choose.isolation_of` takes one by its name.
"""
