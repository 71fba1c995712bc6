"""The one page that the local target has of its own: the list of the sites on this machine."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from engine.local.site import site_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.local.site import Site

_STYLE = "body{font:16px/1.6 system-ui;margin:3rem auto;max-width:40rem;padding:0 1rem}"


def sites_page(title: str, sites: Iterable[Site], port: int) -> bytes:
    """A page of HTML that links to each of ``sites``."""
    items = "".join(_item(site, port) for site in sorted(sites))
    none = "<p>Nothing is deployed here yet: <code>windlass deploy --target local</code></p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(title)}</h1>{f'<ul>{items}</ul>' if items else none}</html>"
    ).encode()


def _item(site: Site, port: int) -> str:
    url = escape(site_url(port, site.app, site.environment))
    return f'<li><a href="{url}">{escape(site.app)} / {escape(site.environment)}</a></li>'
