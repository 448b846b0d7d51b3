"""Languages that people ask an interpreter for."""

from __future__ import annotations

import re

TONGUES = (
    r"(?:gujarati|punjabi|panjabi|urdu|hindi|bengali|sylheti|tamil|telugu|malayalam|nepali|sinhala|polish|romanian|bulgarian|"
    r"lithuanian|latvian|slovak|czech|hungarian|russian|ukrainian|albanian|turkish|kurdish|"
    r"arabic|farsi|persian|dari|pashto|somali|swahili|tigrinya|amharic|yoruba|igbo|hausa|twi|shona|french|spanish|portuguese|"
    r"italian|german|greek|dutch|mandarin|cantonese|chinese|vietnamese|thai|tagalog|filipino|"
    r"korean|japanese|bsl|sign language|welsh|pidgin|krio|lingala|cantonese|marathi|konkani|creole)"
)


def language_named(text: str) -> str | None:
    """Find the one language that a text names, as it is written; None where it names none or several."""
    named = {found for found in re.findall(rf"\b{TONGUES}\b", text) if found not in ("english", "creole", "pidgin")}
    if len(named) != 1:
        return None
    name = str(named.pop())
    return {"bsl": "BSL", "sign language": "Sign language"}.get(name, name.capitalize())
