"""Ages: of the person who types, of whom they would foster with, and of the children at home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import talks_instead
from bot.answers.yes_no import ASK_AGAIN
from bot.text.numbers import NUMBER_WORD, WORD_NUMBERS, numbers
from bot.text.polarity import polarity, wavers
from bot.text.questions import is_question
from bot.text.reading import read

if TYPE_CHECKING:
    from bot.answers.question import Question

N = rf"(\d{{1,3}}|{NUMBER_WORD})"
TAKEN_BACK = re.compile(rf"(?:,|\b(?:and|it'?s|was|its))?\s*\bnot {N}\b(?! yet)")  # "two, not three"

YOUNGEST, OLDEST = 5, 110  # numbers outside are not ages of people who type
ADULT_AT = 18
LAW_AGES = re.compile(
    r"\b(?:thirties|forties|fifties|sixties|seventies|eighties|[3-8]0'?s|middle[- ]aged|pensioner|oap|big (?:three|four|five|six|"
    r"seven|3|4|5|6|7)[- ]?(?:oh?|0)|late (?:20'?s|"
    r"twenties))\b"
)
NOT_AN_AGE = re.compile(
    rf"\bfor (?:over |about |nearly )?{N} (?:years?|yrs|months)\b(?! old)|\b{N} (?:years?|yrs|months) (?:ago|together|"
    rf"married|now|experience|later|of)\b|"
    rf"\b{N} (?:kids|children|sons|daughters|boys|girls|bed\w*|dogs?|cats?)\b|\b(?:mum|mother|dad|father|nan\w*|gran\w*|grand\w+|"
    rf"aunt\w*|parent) (?:of|to) (?:1?\d\b(?!\d)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
CHILD_WORDS = re.compile(
    r"\b(?:kids?|children|child|sons?|daughters?|boys?|girls?|teenagers?|toddler|baby|babies|little ones?|twins)\b"
)
MY_AGE = re.compile(
    rf"\b(?:i'?m|i am|i'?ll be|i was|i turn(?:ed)?|me|aged?|both)\b(?: (?:are|only|just|now|nearly|almost|over|turned|about|"
    rf"already|a|actually|is))* {N}\b"
)
NEARLY = re.compile(
    rf"\b(?:turn|turning|nearly|almost|soon be|soon|will be|i'?ll be|about to be|coming up(?: to)?|going on|not yet|"
    rf"next)\b[^.\d]{{0,12}}\b{N}\b|\bnot {N} yet\b|\b{N}(?:st|nd|rd|th)\b.{{0,12}}\b(?:next|soon|in)\b|"
    rf"\b{N} (?:next (?:week|month|year)|in (?:a|\d+|two|three|six) (?:weeks?|months?))\b"
)


def age(question: Question, doc: Doc) -> Any:
    """The age group of the person who types. Their partner's age counts only where it changes nothing."""
    if is_question(doc) and not re.search(r"\b(?:i'?m|i am|we'?re|we are)\b", doc.text):
        return None
    if not re.search(rf"\d|\b(?:{NUMBER_WORD})\b", doc.text) and not LAW_AGES.search(doc.text):
        return None  # the examples may know it
    return _age_of(doc.text) or ASK_AGAIN


OTHER_APPLICANT = re.compile(
    r"\b(?:(?:my|the|our) )?(?:(?:other half|better half|(?:mother|father|sister|brother)[- ]in[- ]law|best friend)|husband|hubby|wife|"
    r"partner|"
    r"fiancee?|boyfriend|girlfriend|spouse|missus|bf|gf|friend|mate|mum|mam|mother|dad|father|sister|brother|cousin|aunt\w*|uncle|daughter|"
    r"son|housemate|he|she|they|his|her|hers)(?:'?s|'re| is| are| was)?\b"
)
COMPARES = re.compile(r"\b(?:older|younger|elder|bigger|gap|difference|between us|apart|senior|junior)\b(?! than \d)")
MY_OWN = re.compile(rf"\b(?:i'?m|im|i am|me)\b(?: (?:only|just|nearly))? {N}\b")
NOT_MINE_TO_SAY = re.compile(
    r"\b(?:want|like|thank) me (?:to say|to tell|saying|telling|for saying)\b|\bask (?:him|her|them)\b"
)
YOUNGEST_NAMED = 12  # a partner below that is a slip or a joke


def partner_age(question: Question, doc: Doc) -> Any:
    """The age group of the person someone would foster with. "Two years older than me" is not enough to go by."""
    text = doc.text
    if talks_instead(text):
        return "prefer_to_talk"
    if is_question(doc) or COMPARES.search(text):
        return ASK_AGAIN
    if not re.search(rf"\d|\b(?:{NUMBER_WORD})\b", text) and not LAW_AGES.search(text):
        if NOT_MINE_TO_SAY.search(text):
            return "prefer_to_talk"
        return None if polarity(doc) is None and not re.search(r"\b(?:adult|grown|old enough)\b", text) else ASK_AGAIN
    of_theirs = MY_OWN.sub(" ", text)
    told = of_theirs if numbers(read(of_theirs)) else text
    found = _age_of(OTHER_APPLICANT.sub("i'm", re.sub(r"\b(?:he|she|they)(?:'ll| will)\b", "i'll", told)))
    if found == "under_18" and any(number < YOUNGEST_NAMED for number in numbers(read(told))):
        return ASK_AGAIN
    return found or ASK_AGAIN


def _age_of(typed: str) -> str | None:
    text = NOT_AN_AGE.sub(" ", TAKEN_BACK.sub(" ", re.sub(rf"\b{N} going on {N}\b", r"\1", typed)))
    if re.search(r"\b19\d\d\b", text) or LAW_AGES.search(text):
        return "25_plus"
    if re.search(r"\b(?:early|mid|late)?[- ]?(?:20'?s|twenties|teens?|(?:twenty|20)[- ](?:something|odd))\b", text):
        return None
    given = [number for number in numbers(read(text)) if YOUNGEST <= number <= OLDEST]
    if re.search(r"\b(?:my|our) (?:\w+ )?[a-z]+", text) and not re.search(
        r"\b(?:i|i'?m|me|we|we'?re|both|birthday|age|own|\d+(?:st|nd|rd|th))\b", text
    ):
        return None  # somebody else's age
    limit = re.search(rf"\b(over|above|older than|more than|under|below|younger than|less than|at least)\s+{N}\b", text)
    if limit and len(given) == 1:
        return _beyond(limit.group(1), given[0])
    if not given:
        return None
    today = re.search(rf"\b{N} (?:now|currently|at the moment|today)\b|\b(?:now|currently) {N}\b", text)
    if today:
        return band_of_age(number_in(next(group for group in today.groups() if group)))
    if NEARLY.search(text):
        return band_of_age(given[0] - 1) if len(given) == 1 else None
    if re.search(r"ish\b|\b(?:about|around|roughly|approx\w*|ish)\b", text):
        bands = {band_of_age(number + wide) for number in given for wide in (-2, 2)}
        return bands.pop() if len(bands) == 1 else None
    return _own_band(text, given)


def _own_band(text: str, given: list[int]) -> str | None:
    own = MY_AGE.search(text)
    adults = {band_of_age(number) for number in given if number >= ADULT_AT}
    if own:
        mine = numbers(read(own.group(1)))
        bands = (
            {band_of_age(number) for number in given if number in mine}
            if own.group(1).isdigit()
            else {band_of_age(given[0])}
        )
        bands |= adults
        return bands.pop() if len(bands) == 1 else None
    if any(number < ADULT_AT for number in given) and adults:
        return adults.pop() if len(adults) == 1 and CHILD_WORDS.search(text) else None
    bands = {band_of_age(number) for number in given}
    return bands.pop() if len(bands) == 1 else None


def _beyond(word: str, bound: int) -> str | None:
    if word in ("under", "below", "younger than", "less than"):
        return "under_18" if bound <= ADULT_AT else None
    return "25_plus" if band_of_age(bound) == "25_plus" else None


def band_of_age(years: int) -> str:
    """The age group of an age in years."""
    if years < 18:
        return "under_18"
    if years <= 20:
        return "18_20"
    return "21_24" if years <= 24 else "25_plus"


def number_in(word: str) -> int:
    """The value of what `N` has matched."""
    return WORD_NUMBERS[word] if word in WORD_NUMBERS else int(word)


VERY_YOUNG = re.compile(
    rf"\b{N}[- ]?(?:months?|weeks?|wks?|mths?)\b|\b(?:months?|weeks?)[- ]old\b|\bnew ?born\b|\bbab(?:y|ies)\b|\btoddlers?\b|"
    rf"\binfant\b(?! school)|\b(?:in|still in) (?:a |the |his |her )?(?:pram|pushchair|buggy|nappies|cot)\b|\bpre-?school\w*\b|\bnursery\b|"
    rf"\b(?:not|isn'?t|aren'?t|n't) (?:at|in|started) school\b|\bbefore school\b"
)
AT_SCHOOL = (  # a stage that names a band by itself, where no age is told
    (re.compile(r"\b(?:primary|juniors?|infants|infant school|junior school)\b"), ("5-10",)),
    (
        re.compile(
            r"\b(?:early teens?|young(?:er)? teen\w*|secondary|comp|comprehensive|high school|big school|senior school|pre-?teens?)\b"
        ),
        ("11-15",),
    ),
    (re.compile(r"\b(?:sixth form\w*|a[- ]levels?|late teens?|older teen\w*)\b"), ("16-17",)),
    (re.compile(r"\bteenagers\b|\bteens\b"), ("11-15", "16-17")),
)
NOT_YET = re.compile(
    rf"\b(?:turn(?:s|ing)?|nearly|almost|about to be|will be|coming up(?: to)?|going on|soon) {N}\b|\b{N}\b(?= (?:next|after|soon|"
    rf"at (?:christmas|"
    rf"easter)|in (?:january|february|march|april|may|june|july|august|september|october|november|december|a (?:week|month))))"
)
STILL = re.compile(rf"\b(?:but |only |and )?still (?:only )?{N}\b")
NOT_TOLD = re.compile(
    r"\b(?:died|passed|lost|stillborn|miscarr\w*|used to|expecting|pregnant|on the way|due|liv(?:es?|ing) with (?:his|her|"
    r"their|my ex))\b|\bunder 1[1-8]\b"
)
NO_CHILDREN = re.compile(
    r"\b(?:no (?:kids|children)|none|(?:couldn'?t|never) (?:have|had) (?:them|any|kids|children)|left home|moved out|"
    r"(?:all )?grown[- ]?up|(?:have|all|has|'ve) flown|flown the (?:nest|coop)|"
    r"don'?t have (?:any )?(?:kids|"
    r"children)|childless|child free)\b|"
    r"^(?:it'?s )?just (?:the |my |a |our )?(?:me|us|dogs?|cats?|hubby|husband|wife|partner)\b"
)
COUNT = re.compile(
    rf"\b{N}\s+(?:(?:young|little|small|lovely|step)\s*)*(?:kids?|children|child|boys?|girls?|of them|sons?|daughters?|lads?|"
    rf"little ones?|teenagers?|others?|under|at)\b"
)
UNDER_FIVE = re.compile(r"\bunder (?:5|five|4|four|3|three|2|two)s?\b")
SPAN = re.compile(r"\b(\d{1,2})\s*(?:-|to)\s*(\d{1,2})\b")
BANDS = ("0-4", "5-10", "11-15", "16-17")
SCHOOL_YEAR = re.compile(rf"\b(?:in )?(?:year|yr) {N}\b(?! old)")
STARTS_SCHOOL_AT = 5  # most of the children of year 3 are 8 by its end
BARE_COUNT = 5  # a number up to this, alone, may as well be how many there are


def children(question: Question, doc: Doc) -> Any:
    """The age groups of the children at home."""
    text = SCHOOL_YEAR.sub(
        lambda year: f" aged {number_in(year.group(1)) + STARTS_SCHOOL_AT} ", TAKEN_BACK.sub(" ", doc.text)
    )
    text = re.sub(r"\bone (?=(?:in|at|doing|just)\b)", " ", text)
    if is_question(doc) or wavers(doc):
        return None
    if NOT_TOLD.search(text):
        return (
            ["none"]
            if polarity(doc) is False and re.search(r"\bunder 1[1-8]\b", text) and "but" not in text
            else ASK_AGAIN
        )
    still = STILL.search(text)
    text = still.group(0) + " years old" if still else text
    text = NOT_YET.sub(lambda soon: f" aged {max(0, number_in(soon.group(1) or soon.group(2)) - 1)} ", text)
    ages = _ages(text)
    bands = {band_of_child(years) for years in ages if years < ADULT_AT}
    if VERY_YOUNG.search(text) or UNDER_FIVE.search(text):
        bands.add("0-4")
    rest, staged = text, False
    for pattern, named in () if bands - {"0-4"} else AT_SCHOOL:
        if pattern.search(rest) and polarity(doc) is not False:
            bands.update(named)
            rest, staged = pattern.sub(" ", rest), True
    if staged and any(ADULT_AT <= years < OLDEST for years in ages):
        return ASK_AGAIN
    if bands:
        return [band for band in BANDS if band in bands]
    if polarity(doc) is False and re.search(r"\b(?:but|except|apart from)\b", text):
        return ASK_AGAIN
    if (
        polarity(doc) is False
        or NO_CHILDREN.search(text)
        or LAW_AGES.search(text)
        or any(ADULT_AT <= years < OLDEST for years in ages)
    ):
        return ["none"]
    return ASK_AGAIN if numbers(doc) or polarity(doc) else None


def _ages(text: str) -> list[int]:
    """Numbers that are ages rather than counts: "two boys, 7 and 12" has two of them."""
    text = re.sub(
        rf"\b{N} (?:months?|weeks?|wks?|mths?)\b|\bunder \w+\b|\bhalf (?:the|of the) week\b|\b{N} (?:days|nights|weekends)\b",
        " ",
        text,
    )
    span = SPAN.search(text)
    if span:
        low, high = sorted((int(span.group(1)), int(span.group(2))))
        return list(range(low, min(high, OLDEST) + 1))
    counted = COUNT.search(text)
    given = numbers(read(COUNT.sub(" ", text)))
    leading = re.match(rf"(?:yes,? |we have |i have |i've got |got )?{N}\b\s*([,:(-]|aged|ages)?", text)
    if (
        not counted
        and leading
        and len(given) > 1
        and given[0] == len(given) - 1
        and given[0] == number_in(leading.group(1))
    ):
        word = leading.group(1) in WORD_NUMBERS or leading.group(2) in ("(", ":", "-", "aged", "ages")
        return (
            given[1:]
            if word
            else ([] if band_of_child(given[0]) not in {band_of_child(one) for one in given[1:]} else given[1:])
        )
    if (
        len(given) == 1
        and given[0] <= BARE_COUNT
        and not re.search(
            r"\b(?:aged?|years?|yrs?|yr|yo|is|he'?s|she'?s|turning|old|"
            r"(?:lad|girl|boy|son|daughter|child|one|tot) of)\b",
            text,
        )
    ):
        return []
    spelled = leading and leading.group(1) == "one" and len(given) > 1
    return given[1:] if spelled else given


def band_of_child(years: int) -> str:
    """The age group of a child's age in years."""
    if years <= 4:
        return "0-4"
    if years <= 10:
        return "5-10"
    return "11-15" if years <= 15 else "16-17"
