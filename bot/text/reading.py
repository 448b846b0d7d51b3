"""One spaCy pass over a message: its words, and the people of a household among them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline import EntityRuler
from spacy.tokens import Doc

from bot.text.normalise import normalise, tidy
from bot.text.numbers import WORD_NUMBERS

ADULT = frozenset(
    "husband wife partner boyfriend girlfriend fiance fiancee spouse mum mother mam mom dad father nan gran grandma grandmother grandad "
    "granddad grandfather lodger flatmate housemate fella bloke sister brother aunt auntie uncle mil fil hubby missus misses bf gf friend "
    "mate".split()
)
TWO_WORDS = (("other", "half"), ("better", "half"), ("him", "indoors"), ("her", "indoors"))
OWN_CHILD = frozenset("son daughter stepson stepdaughter nephew niece lad lass boy girl kid child teenager".split())
GROWN = frozenset("grown adult older eldest".split())


@lru_cache(maxsize=1)
def language() -> Language:
    """English words and punctuation, with the people of a household marked. There is no model to download."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    assert isinstance(ruler, EntityRuler)
    in_law: list[dict[str, Any]] = [
        {"LOWER": {"IN": ["mother", "father", "sister", "brother"]}},
        {"ORTH": "-", "OP": "?"},
        {"LOWER": "in"},
    ]
    labelled: list[tuple[str, str | list[dict[str, Any]]]] = [
        *(("ADULT", word) for word in sorted(ADULT)),
        *(("ADULT", [{"LOWER": first}, {"LOWER": second}]) for first, second in TWO_WORDS),
        ("ADULT", [*in_law, {"ORTH": "-", "OP": "?"}, {"LOWER": "law"}]),
        *(("OWN_CHILD", word) for word in sorted(OWN_CHILD)),
        *(("NUMBER", word) for word in sorted(WORD_NUMBERS)),
    ]
    ruler.add_patterns([{"label": label, "pattern": pattern} for label, pattern in labelled])
    return nlp


def read(text: str) -> Doc:
    """Read a message once, for every component that looks at it.

    `user_data` holds more of it: `typed` keeps the capitals, for names; `asked_again` is the question that is asked once more, if one is.
    """
    doc = language()(normalise(text))
    doc.user_data.update(typed=tidy(text), asked_again=None)
    return doc
