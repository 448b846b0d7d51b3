"""Phone numbers and addresses in what the assistant says become links; everything else is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from enquiry.safeguarding.phone_links import dials
from web.turns.messages import Link

# The same patterns are given to the page's script, so they keep to what Python and JavaScript both understand.
PHONE = (
    r"(?<![\d£,.])\b(?:0\d{2,4} \d{3,4} \d{3,4}|0\d{4} \d{6}|0800 1111|0\d{9,10}|116 123|999)\b"
    r"|(?<=NHS )\b111\b|(?<=[Rr]ing )\b101\b|(?<=[Cc]all )\b101\b"
)
ADDRESS = r"https:\/\/[^\s<>\"']+[^\s<>\"'.,;:!?)]"
EMAIL = r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"
LINKABLE = f"({ADDRESS})|({EMAIL})|({PHONE})"
_LINKABLE = re.compile(LINKABLE)
SAFE_SCHEMES = ("https://", "http://", "tel:", "mailto:", "/")


def linked(text: str) -> Markup:
    """Turn approved text into safe HTML, with links where something can be rung, written to or opened."""
    html = Markup()
    end = 0
    for match in _LINKABLE.finditer(text):
        html += escape(text[end : match.start()])
        html += _link(match)
        end = match.end()
    return html + escape(text[end:])


def _link(match: re.Match[str]) -> Markup:
    address, email, phone = match.group(1), match.group(2), match.group(3)
    if address:
        return Markup('<a class="govuk-link" href="{0}" rel="noopener" target="_blank">{0}</a>').format(address)
    if email:
        return Markup('<a class="govuk-link" href="mailto:{0}">{0}</a>').format(email)
    return Markup('<a class="govuk-link chat-phone" href="{0}">{1}</a>').format(dials(phone), phone)


def safe_links(links: Iterable[Link]) -> list[Link]:
    """Choose the links of a message that a browser may follow without harm."""
    return [link for link in links if link.url.startswith(SAFE_SCHEMES)]
