"""One spaCy pass over a message: words, numbers, people, postcodes, phones, e-mail addresses, yes and no, question or not."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline import EntityRuler
from spacy.tokens import Doc, Token

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORD_NUMBERS: dict[str, int] = {
    **{word: value for value, word in enumerate(UNITS)},
    **{word: 20 + 10 * place for place, word in enumerate(TENS)},
}
NUMBER_WORD = "|".join(sorted(WORD_NUMBERS, key=lambda word: -len(word)))
DIGITS = re.compile(r"(\d{1,4})(?:st|nd|rd|th|ish|yrs?|yo|y|f|m)?")
# The letters that postcodes begin with. Without the list a road ("the A6") would be taken for a district.
POSTCODE_AREAS: frozenset[str] = frozenset(
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu gy ha hd hg "
    "hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s "
    "sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze".split()
)
LETTERED_AREAS: frozenset[str] = frozenset(
    "e ec n nw se sw w wc".split()
)  # only in London does a district end in a letter
POSTCODE = re.compile(
    r"(?<!the )(?<!junction )(?<![\w@.])(?:([a-z]{1,2})(\d[a-z\d]?)(?:\s?(\d[a-z]{2})|\s\d)?|"
    r"([a-z]{1,2})\s(\d[a-z\d]?)\s?(\d[a-z]{2}))(?![\w@])"
)
PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s().-]{8,16}\d\b")
SHORTEST_PHONE = 10  # digits
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
STRAIGHT = {
    "\u2019": "'",
    "\u2018": "'",
    "\u02bc": "'",
    "\u0060": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u00a0": " ",
}

FILLER = re.compile(
    r"^(?:(?:u+m+|e+r+m*|oh+|ah+|well|so|hi|hello|hey|hmm+|sorry|actually|oops|wait|i mean(?:t)?|change that to|lol|haha|"
    r"right|and|but|sadly|unfortunately|(?:i'?m )?afraid|(?:oh |my |good )*(?:god|gosh|lord|heavens|goodness|hell|jesus|christ)(?: me)?"
    r"(?=,? (?:no|nope|yes|yeah|not)\b))\b[\s,.!-]*)+"
)
YES = re.compile(
    r"(?:ye+s+|yeah?s?|yeh|ye[ap]|yup|ya|yea|aye|yh|ye|yse|yess?ir|yas|sure|definitely|defo|absolutely|certainly|of course|"
    r"indeed|correct|ok|okay|k|"
    r"fine|that'?s? (?:is )?(?:fine|ok(?:ay)?|right|correct)|no problem|no worries|no bother)\b|👍|✅|✔|👌"
)
EMPHATIC_NO = re.compile(
    r"(?:definitely|absolutely|certainly|of course|defo|sure|most certainly) (?:not|no(?! (?:problem|worries|"
    r"bother|issue)|$)|don'?t|haven'?t)\b"
)
SHORT_YES = re.compile(
    r"y|(?:i|we|they|he|she|it|there|both|you) (?:do|does|did|am|are|is|have|has|can|would)(?: indeed| actually)?"
)
NO = re.compile(
    r"(?:no+|nope|nop|nah|naw|nowt|nout|zilch|zero|nada|none|never|nobody|neither|nil|nothing|not|negative|"
    r"i'?d rather (?:you )?(?:did)?n[o']?t|"
    r"please (?:do not|don'?t)|(?:do|have|has|is|does|are|can)n'?t)\b|👎|❌|"
    r"(?:i|we|he|she|they|it|there|you)(?:'ve|'s|'re)?(?: (?:both|really|just|all))? ?"
    r"(?:no|not|never|(?:do|have|has|does|did|can|are|is|was|would|am)(?: no\b| not\b|n'?t\b| never\b| none\b))"
)
# "my kids answer that phone so no": what the text comes to stands at its end.
COMES_TO = re.compile(r"(?:\b(?:so|but|then)|,) (?:(yes|yeah|yep)|no|nope)(?: thanks| thank you| please)?[ .!]*$")
BOTH = re.compile(r"^(?:yes|yeah)\W+(?:and|or|but)?\s*no\b(?! problem)|^no\W+(?:and|or|but)?\s*(?:yes|yeah)\b")
# What opens neither a yes nor a no, though its first word looks like one.
WAVERING = re.compile(
    r"^(?:not (?:really|exactly|quite|entirely|particularly|as such|necessarily|always|only|in|"
    r"on|inside|outside|with|when|during|often|every|all|if|by|for|at (?!the moment|present|all))|kind ?of|kinda|sort ?of|sorta|"
    r"maybe|perhaps|possibly|probably|"
    r"(?:it |that )?depends|ish|hopefully|hard to say|i (?:don'?t |do not )?(?:think|guess|suppose) (?:so|not)|so-so|50/50)\b"
)
UNSURE = re.compile(
    r"\b(not (?:really |quite |too |entirely |100% |totally )?(?:sure|certain)|no (?:idea|clue)|don'?t (?:really )?know|"
    r"dunno|unsure|idk|haven'?t a clue|"
    r"(?:have|need|got) to (?:check|ask|look|find out)|i think so but)\b"
)
# Says nothing about any question, though its words may look like an answer.
BESIDE_THE_POINT = re.compile(
    r"\b(?:(?:don'?t|dont|do not|didn'?t) (?:really )?(?:understand|get (?:it|that|the question|what))|none of your|"
    r"nobody'?s business|not sure (?:what|why|how) (?:you|this|that)|"
    r"(?:good|have a|another|quick) question|start again|go back|let me think|ask me later|(?:can'?t|cant) remember the question|"
    r"just wondering|i was told|(?:friend|mate|neighbour|mum|sister) (?:says|said|told)|"
    r"what(?:'s| is) (?:that|this) got|^(?:yes and no|no and yes|yes no)$|who sees|that'?s personal|wrong button)\b"
)
RATHER_TALK = re.compile(
    r"\b(?:rather|prefer(?:red)?|like to|want to|need to|could i|can i|could we|can we)\b.{0,24}\b(?:talk|speak|"
    r"tell someone|ring|call|chat|discuss|explain)\b|"
    r"\b(?:can|could|will|would|get) (?:someone|somebody|you|a person)\b.{0,12}\b(?:ring|call|phone)\b|"
    r"\b(?:can|could|may) (?:i|we)\b.{0,16}\b(?:tell|say (?:it|that) to|explain|discuss)\b|\b(?:one|better) for a (?:human|"
    r"person)\b|\bsooner (?:talk|tell|speak|say|go over)\b|\b(?:someone|somebody) (?:i|we) (?:can|could) (?:talk|speak)\b"
)
RATHER_NOT = re.compile(
    r"\b(?:rather|prefer) not\b|\b(?:rather|prefer to) (?:stay|remain|be|keep)\b|\bdon'?t (?:want|wish) to (?:say|give|"
    r"share|tell)|\bwon'?t say\b|\banonymous\b|"
    r"\bno thank(?:s| you)\b|\bskip\b|\bnot (?:saying|telling|giving)\b|\bprivate\b"
)
ASKING: frozenset[str] = frozenset(
    "what whats what's when where who whos who's why how hows how's which whose whether wondering wonder".split()
)
AUXILIARIES: frozenset[str] = frozenset(
    "can could do does did is are am was were will would should shall must may might have has".split()
)
SUBJECTS: frozenset[str] = frozenset(
    "i you we they he she it there my our your "
    "children kids the a an anyone anybody someone foster people this that these those being having single".split()
)
# "we're in a two-bed flat, is that a problem"
ENDS_ASKING = re.compile(
    r"\b(?:is|would|will|does|do|are|can) (?:that|it|this|we|i|they) (?:still |be |count as )?(?:bad|ok|okay|fine|an? (?:problem|"
    r"issue)|alright|all right|"
    r"matter|count|allowed|too \w+|enough|foster|apply)[ .!?]*$"
)
# "does a box room count", "is asthma a problem", "isn't it the same"; "is not a problem" tells.
WEIGHS = re.compile(
    r"(?:does|do|is|are|can|could|would|will|did)(?: n't)? (?!not\b|fine\b|ok\b|no\b|a\b).*\b(?:count|matter|problem|ok|okay|"
    r"allowed|rule (?:you|me|us) out|stop (?:me|us|you)|put (?:you|them) off|the same(?: thing)?|considered|included|bad|(?:class|"
    r"count|seen|treat)\w* as \w+)$|"
    r"(?:is|are|does|do|would|wo|ca|could|should)(?:n't| n't|nt) (?:it|you|they|that|there|we|i)\b"
)
TELLS_WHEN: frozenset[str] = frozenset("i we he she they my our the it".split())  # "when my lodger leaves"
PRONOUNS: frozenset[str] = frozenset("i you we they he she it there anyone anybody people".split())
SMALL_TALK: frozenset[str] = frozenset("so and but hi hello ok also please sorry hey actually well oh wait um".split())

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


def normalise(text: str) -> str:
    """Lower case, straight quotes, single spaces: the form in which texts are compared."""
    for curly, straight in STRAIGHT.items():
        text = text.replace(curly, straight)
    return " ".join(text.lower().split())


def read(text: str) -> Doc:
    """Read a message once, for every component that looks at it. `user_data["typed"]` keeps the capitals, for names."""
    doc = language()(normalise(text))
    for curly, straight in STRAIGHT.items():
        text = text.replace(curly, straight)
    doc.user_data["typed"] = " ".join(text.split())
    return doc


def number_of(token: Token) -> int | None:
    """The value of a number word or of digits ("34", "40th"), or None."""
    if token.lower_ in WORD_NUMBERS:
        return WORD_NUMBERS[token.lower_]
    match = DIGITS.fullmatch(token.text)
    return int(match.group(1)) if match else None


def numbers(doc: Doc) -> list[int]:
    """The numbers of a message in order; "thirty four" and "thirty-four" are one."""
    found: list[int] = []
    joined = False
    for token in doc:
        value = number_of(token)
        if value is None:
            joined = joined and token.text == "-"
            continue
        if joined and found and found[-1] in range(20, 91, 10) and 0 < value < 10:
            found[-1] += value
            joined = False
        else:
            found.append(value)
            joined = value in range(20, 91, 10) and token.lower_ in WORD_NUMBERS
    return found


def postcode(doc: Doc) -> str | None:
    """The only postcode ("LE9 5AB"), or its district where only that was typed ("LE9", "LE9 5xx"), or None.

    What is kept of it is the district (actions/take_answer.py): a whole postcode is nearly an address.
    """
    found = set()
    for match in POSTCODE.finditer(doc.text):
        letters, figures, rest = (
            match.group(1) or match.group(4),
            match.group(2) or match.group(5),
            match.group(3) or match.group(6),
        )
        lettered = figures[-1].isalpha() and letters not in LETTERED_AREAS
        if letters in POSTCODE_AREAS and figures.isascii() and not lettered:
            whole = rest and not rest.endswith("xx")
            found.add((f"{letters}{figures} {rest}" if whole else letters + figures).upper())
    return found.pop() if len(found) == 1 else None


def email_address(doc: Doc) -> str | None:
    """The first e-mail address, or None."""
    match = EMAIL.search(doc.text)
    return match.group(0) if match else None


def phone_number(doc: Doc) -> str | None:
    """The digits of the first thing that is long enough for a phone number, or None."""
    for match in PHONE.finditer(doc.text):
        digits = re.sub(r"[^\d+]", "", match.group(0))
        if len(digits.lstrip("+")) >= SHORTEST_PHONE and digits.isascii():
            return digits
    return None


def is_question(doc: Doc) -> bool:
    """Whether a message asks something: a question mark, or the way its first words stand."""
    words = [token.lower_ for token in doc if not token.is_punct]
    if not words:
        return False
    if "?" in doc.text and len(words) > 2:
        return True
    start = words[1:] if words[0] in SMALL_TALK else words
    if not start:
        return False
    if start[0] in ASKING:
        return not (start[0] == "when" and start[1:2] and start[1] in TELLS_WHEN)
    if WEIGHS.match(" ".join(start)) or ENDS_ASKING.search(doc.text):
        return True
    if start[0] in ("have", "has", "had", "did") and start[1:2] and start[1] not in PRONOUNS and start[1] != "n't":
        return False  # "have a spare room" tells
    subject = start[2:] if start[1:2] == ["n't"] else start[1:]  # "don't I need" asks, "haven't got one" tells
    doing = (
        start[0] in ("is", "does", "can", "will", "would") and subject[:1] and re.match(r"\w+(?<!th)ing$", subject[0])
    )
    return (
        len(subject) > 1 and start[0] in AUXILIARIES and (subject[0] in SUBJECTS or subject[0].isdigit() or bool(doing))
    )


def opening(text: str) -> str:
    """A normalised text without "um", "oh", "sorry" and the like before what it says."""
    return FILLER.sub("", text).strip() or text


def wavers(doc: Doc) -> bool:
    """Whether a message opens with neither yes nor no ("kind of", "not really")."""
    return WAVERING.match(opening(doc.text)) is not None


def polarity(doc: Doc) -> bool | None:
    """Whether a message opens with a yes or a no; None when neither, when both, or when it wavers."""
    text = opening(doc.text)
    if WAVERING.match(text) or BOTH.match(text) or UNSURE.match(text):
        return None
    whole = text.strip(" .!,")
    if whole == "n" or EMPHATIC_NO.match(text):
        return False
    if YES.match(text) or SHORT_YES.fullmatch(whole) or re.match(r"y[ ,]", text):
        return True
    if NO.match(text):
        return False
    tail = COMES_TO.search(text)
    return (tail.group(1) is not None) if tail else None


def wants_a_person(doc: Doc) -> bool:
    """Whether someone says that they would rather talk than type."""
    return RATHER_TALK.search(doc.text) is not None
