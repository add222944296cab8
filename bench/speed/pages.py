"""Web pages around reports, as papers publish them: navigation, teasers, a script, notices. Made up here; the article is the report."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

_SECTIONS = ("Home", "World", "Politics", "Business", "Markets", "Science", "Culture", "Sport", "Weather", "Letters")
_TEASERS = tuple(f"What the {section.lower()} desk is reading this week" for section in _SECTIONS)


def page(row: Mapping[str, Any]) -> str:
    """The page of one report."""
    title, day = escape(row.get("title") or "Report"), row["published"]
    paragraphs = "".join(f"<p>{escape(part.strip())}</p>\n" for part in row["text"].split("\n\n") if part.strip())
    links = "".join(f'<li><a href="/{name.lower()}/">{name}</a></li>' for name in _SECTIONS)
    teasers = "".join(f'<div class="teaser"><a href="/read/{n}"><h4>{text}</h4></a></div>' for n, text in enumerate(_TEASERS))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - The Daily Example</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Daily Example">'
        f'<meta property="article:published_time" content="{day}T06:00:00Z"><style>body{{margin:0}}</style>'
        f'<script>window.settings={{"section":"world"}};</script></head><body><header><nav><ul>{links}</ul></nav></header>'
        f'<main><article><h1>{title}</h1><p class="byline">By our correspondent</p><time datetime="{day}">{day}</time>\n{paragraphs}'
        f'<div class="share"><a href="#">Share</a> <a href="#">Print</a></div></article><aside><h3>More</h3>{teasers}</aside></main>'
        f"<footer><p>We use cookies to remember what you have read.</p><ul>{links}</ul><p>All rights reserved.</p></footer></body></html>"
    )
