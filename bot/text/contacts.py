"""Phone numbers and e-mail addresses in a text: found whole or not at all, and cut out before anything else looks at it.

Part of an address is somebody else's address. So everything up to the next space, bracket or quote belongs to it, and one that no mail
server takes is none. What is found is tidied in enquiry/contacts.py; tests/support/contacts_typed.csv holds both to the same answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.text.normalise import tidy

INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
LONGEST_ADDRESS = 254  # characters, RFC 5321
# From the beginning of a piece on: tried from each of its letters, a long piece without an @ would take its square.
WITH_AN_AT = re.compile(r"(?<![^\s<>()\[\]\"“”„,;])[^\s<>()\[\]\"“”„,;]*@[^\s<>()\[\]\"“”„,;]*")
ATEXT = r"[\w!#$%&'*+/=?^`{|}~-]"
LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
ADDRESS = re.compile(rf"(?=.{{1,64}}@){ATEXT}+(?:\.{ATEXT}+)*@(?:{LABEL}\.)+(?:[^\W\d_]{{2,63}}|xn--[a-z\d-]+)")
SLIPS_OF_AN_ENDING = (".con", ".cmo", ".ocm", ".vom", ".xom", ".comm")
# Before the address itself: "mailto:", "Email:".
BEFORE_THE_ADDRESS = re.compile(r"^.*:")

SPOKEN = {
    **dict.fromkeys(("zero", "oh", "o", "nought", "naught", "nil"), "0"),
    **{word: str(value) for value, word in enumerate("one two three four five six seven eight nine".split(), start=1)},
}
FEWEST_SPOKEN = 9  # words in a row that are a number read aloud
SPOKEN_WORD = rf"(?:(?:double|treble|triple)[\s-]+)?(?:{'|'.join(SPOKEN)}|\d)"
READ_ALOUD = re.compile(
    rf"(?<![\w'])(?:plus[\s-]+)?{SPOKEN_WORD}(?:[\s,.-]+{SPOKEN_WORD}){{{FEWEST_SPOKEN - 1},}}(?![\w'])", re.I
)
ONE_SPOKEN = re.compile(rf"(?:(double|treble|triple)[\s-]+)?({'|'.join(SPOKEN)}|\d)(?![\w'])", re.I)

RUN = re.compile(r"(?<![\w.@£$€/])\+?\(?\d(?:[ \t().-]*\d)*(?![\w@])")
EXTENSION = re.compile(r"[\s,]*(?:\(?(?:ext(?:ension|n)?|x)[\s.:]*(\d{1,5})\b\)?)", re.I)
A_DATE = re.compile(r"\d{1,2}[.-]\d{1,2}[.-]\d{2,4}\b")
FEWEST_DIGITS, MOST_DIGITS = 8, 15  # of a number from abroad, after its country
LOOKS_LIKE_A_NUMBER = 6  # digits

NOUN = r"(?:mobile|mob|phone|telephone|tel|cell|landline|number|num|nr|e-?mail|address|contact(?: details)?|whatsapp)"
UNIT = (
    r"(?:and|or|plus|both|also|it'?s|it is|that'?s|use|try|on|at|via)|"
    rf"(?:(?:my|the|our) )?(?:(?:new|best|home|work|other|right|correct|wrong|own|"
    rf"is)[ ,]+)*{NOUN}(?:[ -]{NOUN})*(?: no\b)?(?:'?s|[ ]is|[ ]are)?|"
    r"(?:(?:you can|please|pls|just|or|i'?m) )*(?:call|ring|phone|text|e-?mail|reach|contact|message|whatsapp|get)(?: (?:me|us))?(?: back)?"
    r"(?: (?:on|at|by|via))?"
)
# One step of what leads up to a contact, read from its end. All the steps in one pattern would take for ever on "is is is … @".
ONE_STEP = re.compile(rf"(?<![\w'])(?:{UNIT})$", re.I)
BETWEEN_STEPS = re.compile(r"(?:[\s,;:=<(&+/-]|\.(?=\s))+$")
LONGEST_STEP, MOST_STEPS = 80, 12  # characters; steps
LONGEST_RUN = 60  # characters of figures and signs that may be two numbers
TAKEN_BACK = re.compile(r"\b(?:not|instead of|rather than|isn't|wasn't|used to be)(?: on| at)?\s*$", re.I)
GOES_ON = re.compile(r"(?:[\s,;:.!?>)\]]|\(?\b(?:mobile|mob|home|work|landline|cell)\b\)?)*")
LAST_WORDS = re.compile(
    r"(?:[\W_]|\b(?:and|or|both|thanks?|thank you|thx|ta|please|pls|cheers|x+|is best|best|either|sorry|anytime|any time)\b)*",
    re.I,
)


@dataclass(frozen=True)
class Contact:
    """A phone number (its digits) or an e-mail address (in small letters) that stands in a text, and where."""

    value: str
    start: int
    end: int

    @property
    def is_address(self) -> bool:
        """Check whether it is an e-mail address."""
        return "@" in self.value


def written_out(text: str) -> str:
    """Write a text in the signs of a keyboard, and a number that was read aloud ("oh seven double seven …") in figures."""
    return READ_ALOUD.sub(lambda match: _in_figures(match.group(0)), tidy(INVISIBLE.sub("", text)))


def contacts_in(text: str) -> list[Contact]:
    """Find the contacts of a text that `written_out` gave, in their order; each is whole."""
    addresses = [found for match in WITH_AN_AT.finditer(text) if (found := _address(match))]
    hidden = WITH_AN_AT.sub(lambda match: "@" * len(match.group(0)), text)
    numbers = [found for match in RUN.finditer(hidden) for found in _numbers(match.group(0), match.start(), hidden)]
    return sorted([*addresses, *numbers], key=lambda one: one.start)


def contacts_meant(text: str) -> list[Contact]:
    """Find the contacts of a text but those that it takes back: "… 125, not … 123"."""
    return [one for one in contacts_in(text) if not TAKEN_BACK.search(text[: one.start])]


def half_a_contact(text: str) -> bool:
    """Check whether a text holds what is meant for a contact and can't be used: an address cut short, a number too short or too long."""
    rest = _blanked(text)
    return "@" in rest or any(map(_is_long, RUN.findall(rest)))


def without_contacts(text: str, *, halves: bool = False) -> str:
    """Cut out the contacts of a text, with what leads up to them ("my number's …"); nothing where nothing else is said.

    Args:
        halves: also numbers that are too short or too long for one, which stand for nothing else where a contact is asked.
    """
    places = [(one.start, one.end) for one in contacts_in(text)]
    rest = _blanked(text)
    places += [match.span() for match in WITH_AN_AT.finditer(rest)]
    if halves:
        places += [match.span() for match in RUN.finditer(rest) if _is_long(match.group(0))]
    if not places:
        return text
    parts, at = [], 0
    for start, end in sorted(places):
        parts.append(_without_what_leads_up(text[at:start]))
        goes_on = GOES_ON.match(text, end)
        at = goes_on.end() if goes_on else end
    # A contact parts what stands on both sides of it: "Sam 07700 900123 evenings" is no name of two words.
    rest = ", ".join(part.strip() for part in (*parts, text[at:]) if part.strip())
    return "" if LAST_WORDS.fullmatch(rest) else rest


def _without_what_leads_up(text: str) -> str:
    """Leave out the end of a text that only leads up to a contact: "… or you can ring me on"."""
    for _ in range(MOST_STEPS):
        text = _without_end(text)
        step = ONE_STEP.search(text, max(0, len(text) - LONGEST_STEP))
        if step is None:
            return text
        text = text[: step.start()]
    return text


def _without_end(text: str) -> str:
    found = BETWEEN_STEPS.search(text, max(0, len(text) - LONGEST_STEP))
    return text[: found.start()] if found else text


def _is_long(run: str) -> bool:
    return len(re.sub(r"\D", "", run)) >= LOOKS_LIKE_A_NUMBER


def _blanked(text: str) -> str:
    for one in contacts_in(text):
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _address(match: re.Match[str]) -> Contact | None:
    typed = match.group(0)
    name, _, place = typed.partition("@")
    bare = BEFORE_THE_ADDRESS.sub("", name) + "@" + place.split("?")[0].rstrip(".,:!'*_-")
    if bare.startswith("'") and typed.endswith("'"):
        bare = bare[1:]
    bare = bare.lower()
    if len(bare) > LONGEST_ADDRESS or not ADDRESS.fullmatch(bare) or bare.endswith(SLIPS_OF_AN_ENDING):
        return None
    return Contact(bare, match.start(), match.end())


def _numbers(run: str, start: int, text: str) -> list[Contact]:
    """Find the numbers of a run of figures: one, or two with a space between, or one beside some other figure ("… 2 kids")."""
    after = text[start + len(run) :]
    if len(run) > LONGEST_RUN or A_DATE.match(run):
        return []
    if value := _number(run):
        extension = EXTENSION.match(after)
        more = len(extension.group(0)) if extension else 0
        return [Contact(value + (f"x{extension.group(1)}" if extension else ""), start, start + len(run) + more)]
    for space in re.finditer(r"[ \t]+", run):
        left, right = run[: space.start()], run[space.end() :]
        first, second = _number(left), _number(right)
        at = start + space.end()
        if first and second:
            return [Contact(first, start, start + len(left)), Contact(second, at, start + len(run))]
        if first and len(right) <= 2 and re.match(r"\s*[^\W\d]", after):
            return [Contact(first, start, start + len(left))]
        if second and len(left) <= 2:
            return [Contact(second, at, start + len(run))]
    return []


def _number(typed: str) -> str | None:
    """Give the digits of a phone number, or None where nobody could be rung on it. A British mobile has ten digits after its 0."""
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", typed))
    plus = typed.lstrip("(").startswith("+")
    if not digits.isascii():
        return None
    if digits.startswith("0") and not digits.startswith("00") and not plus:
        return digits if _is_british(digits[1:]) else None
    abroad = digits[2:] if digits.startswith("00") else digits
    if plus or digits.startswith("00"):
        if abroad.startswith("44"):
            usable = _is_british(abroad[2:].removeprefix("0"))
        else:
            usable = FEWEST_DIGITS <= len(abroad) <= MOST_DIGITS
        return (f"+{digits}" if plus else digits) if usable else None
    if digits.startswith("44") and len(digits) == 12:
        return f"+{digits}" if _is_british(digits[2:]) else None
    return digits if len(digits) == 10 and digits[0] in "127" and len(typed.split()) <= 4 else None


def _is_british(national: str) -> bool:
    """Check the digits after the 0: ten, and nine for some landlines."""
    return len(national) == 10 or (len(national) == 9 and not national.startswith("7"))


def _in_figures(spoken: str) -> str:
    times = {"double": 2, "treble": 3, "triple": 3}
    figures = "".join(
        SPOKEN.get(word.lower(), word) * times.get((many or "").lower(), 1) for many, word in ONE_SPOKEN.findall(spoken)
    )
    return f"+{figures}" if spoken.lower().startswith("plus") else figures
