"""Names of people in what they type where a name is asked, and what else the text says.

A name is told from a sentence by what it does not hold: words of plain English (bot/text/plain_words.py), figures, the marks of a
sentence. Nothing is asked of a name itself: there is no list of names, and none could be long enough.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.text.normalise import tidy
from bot.text.plain_words import FAMILY, FUNCTION_WORDS, MAY_STAND_LAST, NO_NAME_HOLDS, OF_HARM, ONLY_WITH_CAPITALS

LONGEST_NAME = 80  # characters
MOST_WORDS = 10
MANY_WORDS = 4  # particles not counted: so many without capitals are a sentence in some other language
MOST_SIGNS_WITHOUT_SPACES = 6  # of a name in signs that each are a word, as Chinese ones are
PARTICLES = frozenset(
    "& and van de der den dem ter ten von zu zur la le les los las du des da do dos das di del della dello e y i bin bint "
    "binti ibn ben bat al "
    "el ul ur abu umm ap ab ní ni nic ó o mac mc st san".split()
)
TITLES = frozenset(
    "mr mrs ms miss mx dr prof rev revd fr st sir dame lady lord sr jr snr jnr sgt cpl capt cllr cdr lt col maj gen hon".split()
)
GREETING = r"(?:hi+|hiya+|hello+|hey+|heya|hullo|good (?:morning|afternoon|evening)|greetings|salaam|salam)(?: there| all| again| both)?"
SAYS_YES = r"yes|yeah|yep|ok|okay|sure|of course|sorry|actually|oops|um+|er+m*|my mistake|no worries"
BEFORE_A_PAUSE = r"oh|ah|well|so|right|no problem"  # some of these are names, too
# What is followed by a name and by nothing else, also where the name is a word of plain English.
NAMES_ONESELF = (
    r"(?:my|the|our) (?:(?:full|first) )?name(?:'s|s| is|s are)?|names? (?:is|are)|name(?:'s|s)?|i(?:'m| am) (?:called|"
    r"known as|named)|known as|"
    r"i go by|i get called|(?:every(?:one|body)|people|they|friends|most people|all my friends) calls? me"
)
INTRODUCES = (
    rf"{NAMES_ONESELF}|i meant?|it should (?:be|say)|should be|it'?s|it is|that'?s|that is|mine'?s|mine is|i'?m|i am|this is|"
    r"(?:you can |just |please )*(?:call|put) me(?: down)?(?: as)?|just"
)
LEADS = re.compile(
    rf"^(?:(?:{GREETING}|{SAYS_YES}|(?:{BEFORE_A_PAUSE})(?=[,.!]|\s+(?:{GREETING}|{INTRODUCES}|sorry|actually)(?![\w']))|"
    rf"(?:no[ ,]+)?(?:{INTRODUCES}))(?![\w'])[\s,:!.=-]*)+",
    re.I,
)
# A name that stands behind something else: "theres two of us, names Dawn".
LATER_ON = re.compile(
    r"(?:^|[\s,.!])((?:my (?:full )?name(?:'s|s| is)|i(?:'m| am) called|the name(?:'s|s| is))\s.+)$|"
    r"[,.!;]\s*(?:and )?(names?(?:'s| is)?\s.+)$",
    re.I,
)
NAMED = re.compile(rf"(?:^|[\s,!.])(?:{NAMES_ONESELF})(?![\w'])[\s,:=-]*$", re.I)
BETWEEN = re.compile(r"\s*[,;\n]\s*")
SAID_ALONG = re.compile(
    r"(?:[,.!;]\s*|\b(?:and|so|but) )(?:[Ii]'?m|[Ii] am|[Tt]his is|[Ii]t'?s)[\s,]+"
    r"(?P<name>[A-Z][^\W\d_'.-]*(?:['-][^\W\d_]+)*(?: [A-Z][\w'-]+){0,2})"
    r"(?=\s*(?:[,.;!]|$)|\s+(?:and|my|on|it'?s|its|here)\b)"
)
SAYS_NOT = re.compile(r"\b(?:not?|none|never|private|nothing|nobody|important|secret|unknown|isn't|irrelevant)\b", re.I)
# Where a name ends that something else follows.
ENDS = re.compile(
    r"\s*(?:[!?(\n]|,(?!\s*(?:jr|sr)\b)|\s-+\s|\s+(?=(?:and|but|so|because|cos) (?:my|i|i'm|im|i've|you|we|it|it's|he|she|"
    r"they|there|this)\b)|"
    r"\s+(?=(?:please|pls|thanks?|thank you|ta|cheers|here|speaking|without|not|from|by the way|btw|is my name)\b)).*$",
    re.I | re.S,
)
SENTENCE_ENDS = re.compile(r"(?P<word>[^\s.]+)\.\s+")
# What people say beside a name and that says nothing.
SAYS_NOTHING = re.compile(
    r"^(?:[\W_]|\b(?:and|please|pls|thanks?|thank you|ta|cheers|here|speaking|is my name|nice to (?:meet|e-?meet) (?:you|u)|"
    r"pleased to meet (?:you|u)|"
    r"hi|hiya|hello|hey|how are you|by the way|btw|x+|lol|haha|you can call me that|will do|is fine|for short|if that's ok(?:ay)?)\b)*$",
    re.I,
)
KISSES = re.compile(r"[\s,.]+x+$")


@dataclass(frozen=True)
class Named:
    """A name that stands in a text, and what the text says beside it; nothing where it says nothing else.

    `introduced` says that something leads up to it ("I'm …", "Hi, it's …").
    """

    name: str
    beside: str
    introduced: bool = False


def name_in(text: str) -> Named | None:
    """Find the name that a text gives where a name is asked, or None.

    Args:
        text: as typed, with its capitals; without phone numbers and addresses.
    """
    tidied = _without_signs(tidy(text))
    bare = LEADS.sub("", tidied)
    introduced = NAMED.search(tidied[: len(tidied) - len(bare)]) is not None
    first, beside = (bare, "") if could_be_a_name(_trimmed(bare)) else _first_part(bare)
    name = _trimmed(first)
    plain = introduced and len(name.split()) <= MANY_WORDS and not SAYS_NOT.search(name)
    if not could_be_a_name(name, plain_words=plain):
        return None
    return Named(
        as_a_name(name),
        "" if SAYS_NOTHING.match(beside) else beside.strip(" ,.;:!-"),
        introduced=tidied.lower() != bare.lower(),
    )


def name_told_later(text: str) -> Named | None:
    """Find the name that a text gives after it has said something else, or None."""
    later = LATER_ON.search(text)
    return name_in(later.group(1) or later.group(2)) if later else None


def name_between(text: str) -> Named | None:
    """Find the one name, first and last with their capitals, that stands between commas: "ring me please, Dawn Pickering, 07700 900123"."""
    parts = [part.strip() for part in BETWEEN.split(text)]
    names = [part for part in parts if len(part.split()) > 1 and part.istitle() and could_be_a_name(part)]
    if len(names) != 1 or len(parts) < 2:
        return None
    return Named(names[0], ", ".join(part for part in parts if part and part != names[0]), introduced=True)


def name_said_along(text: str) -> Named | None:
    """Find a name with its capitals that somebody says of themselves in passing: "I'd like to come, im Grace Hope and it's …"."""
    for match in SAID_ALONG.finditer(text):
        name = _trimmed(match.group("name"))
        if could_be_a_name(name):
            beside = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,.;:!-")
            return Named(as_a_name(name), beside, introduced=True)
    return None


def name_before_a_question(text: str) -> Named | None:
    """Find the name that a text begins with, where it goes on to ask: "Rosa, but wait, must my husband come?"."""
    named = name_in(text)
    first = re.split(r"[,.;!]", text, maxsplit=1)[0]
    return named if named and named.beside and _trimmed(LEADS.sub("", first)).lower() == named.name.lower() else None


def any_name(text: str) -> str:
    """Take nearly any text for a name, without what leads up to it; nothing where it holds no letter, or is a story."""
    bare = as_a_name(LEADS.sub("", _without_signs(tidy(text)))) or tidy(text)
    fits = len(bare.split()) <= MOST_WORDS and any(sign.isalpha() for sign in bare)
    return bare[:LONGEST_NAME].strip() if fits else ""


def as_a_name(typed: str) -> str:
    """Write a name as it was typed; one in small letters only gets its capitals."""
    name = _trimmed(typed)
    if not name.islower():
        return name
    words = name.split()
    return " ".join(
        word if word in PARTICLES and len(words) > 1 and at else _capitals(word) for at, word in enumerate(words)
    )


def could_be_a_name(name: str, *, plain_words: bool = False) -> bool:
    """Check whether a text may be a name and nothing else.

    Args:
        plain_words: whether ordinary words may be in it, as in "my name is Happy".
    """
    words = name.split()
    if not words or len(words) > MOST_WORDS or len(name) > LONGEST_NAME or not all(map(_of_letters, words)):
        return False
    if len(name) == 1 and name.islower():
        return False
    plain = [_plain(word) for word in words]
    never = FUNCTION_WORDS | FAMILY | OF_HARM if plain_words else NO_NAME_HOLDS
    surname = len(words) > 1 and plain[-1] in MAY_STAND_LAST and all(word[0].isupper() for word in words)
    if any(word in never for word in (plain[:-1] if surname else plain)):
        return False
    counted = [word for word, bare in zip(words, plain, strict=True) if bare not in PARTICLES]
    capitals = all(word[0].isupper() for word in counted)
    if not plain_words and len(name) > 1:
        with_capitals = [word for word in plain if word in ONLY_WITH_CAPITALS]
        small = any(word[0].islower() for word in counted)
        if with_capitals and (small or len(with_capitals) == len(plain)):
            return False
    if len(counted) >= MANY_WORDS and not capitals:
        return False
    return all(len(word) <= MOST_SIGNS_WITHOUT_SPACES or not _in_signs(word) for word in words)


def _trimmed(typed: str) -> str:
    """Take off the marks at both ends of a name, and kisses; the full stop of "Jr." is its own."""
    name = KISSES.sub("", typed).strip(" ,!?'\"-/|:;*_~")
    return name if name.endswith(".") and _is_short(name.split()[-1]) else name.rstrip(" .")


def _first_part(text: str) -> tuple[str, str]:
    """Cut a text where the name has ended: (the name, all that follows)."""
    for stop in SENTENCE_ENDS.finditer(text):
        if not _is_short(stop.group("word")):
            return ENDS.sub("", text[: stop.start() + len(stop.group("word"))]), _after(
                text, text[: stop.start() + len(stop.group("word"))]
            )
    first = ENDS.sub("", text)
    return first, text[len(first) :]


def _after(text: str, sentence: str) -> str:
    return text[len(ENDS.sub("", sentence)) :]


def _without_signs(text: str) -> str:
    """Leave out emoji and the like, which some people put behind their name."""
    return "".join(
        sign
        for sign in text
        if unicodedata.category(sign) not in ("So", "Sk", "Cs", "Co") and sign not in "\ufe0f\u200b"
    )


def _of_letters(word: str) -> bool:
    """Check that a word is of letters, with the marks that stand in names: "O'Neill", "Anne-Marie", "J.", "&"."""
    if word in ("&", "+", "/"):
        return True
    bare = word.strip('()"').rstrip(",")
    return (
        bool(bare)
        and unicodedata.category(bare[0])[0] in "LM'"
        and any(sign.isalpha() for sign in bare)
        and all(
            unicodedata.category(sign)[0] in "LM" or sign in "'.-/\u00b7\u30fb\u200c\u200d\u02bb\u2010" for sign in bare
        )
    )


def _plain(word: str) -> str:
    """A word in the form of the list; an initial with its full stop is no word of English."""
    return word.lower() if len(word) == 2 and word.endswith(".") else word.lower().strip(".,()\"'/")


def _is_short(word: str) -> bool:
    """Check whether the full stop behind a word is the word's own: "J.", "Mr.", "Jr."."""
    bare = word.rstrip(".")
    return len(bare) == 1 or bare.lower() in TITLES or "." in bare


def _in_signs(word: str) -> bool:
    return any(unicodedata.name(sign, "").startswith(("CJK", "HIRAGANA", "KATAKANA")) for sign in word)


def _capitals(word: str) -> str:
    return re.sub(r"(^|['./-])([^\W\d_])", lambda match: match.group(1) + match.group(2).upper(), word)
