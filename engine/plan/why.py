"""Why each resource exists, by its logical name in ``programs``; a test holds this list against them."""

from __future__ import annotations

WHY = {
    "site-bucket": "holds the releases; private",
    "site-ownership": "no ACLs: the bucket's owner owns every object",
    "site-private": "blocks every way to make the bucket public",
    "site-not-found": "answers for a file that no release has any more",
    "site-policy": "lets this distribution, and nobody else, read objects",
    "edge-store": "says which release is live, and what is in it",
    "edge-function": "redirects, rewrites, adds headers at the edge",
    "edge-cache": "keeps files at the edge by path alone",
    "edge-headers": "adds security headers to every answer",
    "edge-access": "signs the edge's requests to the bucket",
    "edge-distribution": "answers the environment's visitors",
}
