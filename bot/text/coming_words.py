"""Words that say how many come to an event, and on which day: patterns for a normalised text."""

from __future__ import annotations

import re

from bot.text.numbers import N

COMPANION = (
    r"(?:husband|hubby|wife|partner|fiancee?|boyfriend|girlfriend|other half|spouse|missus|mrs|mum|mam|mother|dad|father|sister|brother|"
    r"friend|mate|neighbour|cousin|auntie?|uncle|nan|colleague|support worker)"
)
SEATS = r"(?:people|persons?|adults?|places?|seats?|tickets?|spaces?|spots?)"
COUNTED = (
    re.compile(rf"\b{N} of us\b"),
    re.compile(rf"\b{N} {SEATS}\b"),
    re.compile(rf"\bfor (?:just |only |the )*{N}(?=\s*(?:please|pls|thanks|thank you|now|instead|or|[,.;!?]|$))"),
)
TWO = re.compile(
    rf"\bboth of us\b|\bplus one\b|\bus two\b|\b(?:me|i|myself) (?:and|n|&|\+|plus|with) (?:my |the |a |our )?(?:\w+ )?{COMPANION}\b|"
    rf"\b(?:my|the|a) (?:\w+ )?{COMPANION} (?:and|n|&|\+|plus) (?:me|i|myself)\b|"
    rf"\b(?:bring(?:ing)?|coming with|come with|with) (?:my |a )(?:\w+ )?{COMPANION}\b|"
    rf"\bmy {COMPANION}(?: \w+)?(?: is|'s|s| will be)? (?:coming|come)(?: too| along| as well| with me)\b"
)
ALONE = re.compile(
    r"\b(?:just|only|jus) (?:me|myself|moi|the one|one(?! of (?:them|those|these|the)\b)(?: (?:person|place|seat))?)\b|"
    r"\b(?:just|only) (?:little )?(?:old )?me\b|\bon (?:my|me) own\b|\bby myself\b|\bcoming alone\b|\bit'?s me only\b"
)
DAY_NAMED = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bweekends?\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}/\d{1,2}\b|"
    r"\b\d{1,2}(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|\b(?:january|february|april|june|july|august|september|"
    r"october|november|december)\b"
)
STEP_BETWEEN = re.compile(
    r"\b(?:there'll|therell|there'?s|it'll|i'll|we'll|there|the|on|for|of|one|ones|it'?s|is|will|be|that'?s|please|pls|thanks|ta|"
    r"coming|come|and|so|then|go|i|we|us|me|just|told|you|with|would|like|want|to|do|make|date|day|event|evening|session|"
    r"at|in|a|an|can|instead)\b|[\W_]"
)


def only_tells_of_coming(text: str) -> bool:
    """Check whether a text says how many come, or on which day, and nothing else: nobody's name, no topic and no worry is in it."""
    rest = text.lower()
    for pattern in (*COUNTED, TWO, ALONE, DAY_NAMED):
        rest = pattern.sub(" ", rest)
    return rest != text.lower() and not STEP_BETWEEN.sub("", rest)
