"""The text of comments: shown as text, with the addresses in it as links.

Promise: nothing but http and https becomes a link, it leads where it says, and all else is text. The odd case that
forced the shape: an address stands in a sentence, whose full stop or bracket is not a part of it.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from onrecord.publish.harmless import harmless

_ADDRESS = re.compile(r"https?://[^\s<>\"'“”‘’«»\\^`{|}\x00-\x1f]+")
_BEHIND = ".,:;!?…)]"


def linked(text: str) -> Markup:
    """Return a text as HTML, with links that tell other sites nothing of where they were found."""
    made, at = Markup(), 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_BEHIND)
        if address.count("(") > address.count(")") and found[0][len(address) :].startswith(")"):
            address += ")"
        shown = harmless(address)
        made += escape(harmless(text[at : found.start()]))
        if shown == address:
            link = Markup('<a href="{}" rel="nofollow noopener noreferrer ugc" target="_blank">{}</a>')
            made += link.format(address, address)
        else:
            made += escape(shown)
        at = found.start() + len(address)
    return made + escape(harmless(text[at:]))
