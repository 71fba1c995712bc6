"""Which Node, package manager and tools a build gets, each version once from the npm registry.

The host is never written to: versions are in the user's cache folder, everything else in the build's scratch.
"""
