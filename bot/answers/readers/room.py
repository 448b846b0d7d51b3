"""Answers about a room for a child, smoking and dogs.

Each rule gives a value; ASK_AGAIN where a text could mean two things; None where what was learned may still settle it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import LIVES_HERE, of_another, talks_instead
from bot.answers.yes_no import ASK_AGAIN, HOWEVER, NEGATED, yes_or_no
from bot.text.numbers import NUMBER_WORD, WORD_NUMBERS
from bot.text.polarity import UNSURE, opening, polarity, wavers
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

PLANNED = re.compile(
    r"\b(?:moving|moves? out|leaving|leaves|knocking|build(?:ing|ers)|extending|extension|converting|clearing|will (?:be|have)|"
    r"going to (?:have|"
    r"be|get|do|make)|gonna|soon|plan(?:ning|ned)?|"
    r"(?:got|need|have|has) to (?:empty|clear|shift|move|sort|decorate)|hoping|once (?:we|i|my|the|he|she|they)|working on|"
    r"being (?:done|built|decorated|finished|converted)|getting (?:one|it|"
    r"a room) ready|(?:by|before) (?:the )?(?:summer|christmas|spring|autumn|easter|new year)|we get the keys|become a bedroom|"
    r"next (?:year|month|week|spring|summer)|in (?:the )?(?:spring|summer|autumn|new year|january|february|march|"
    r"april|may|june|july|"
    r"august|september|october|november|december)|when (?:he|she|they|my|our|the))\b"
)
NO_ROOM = re.compile(
    r"\b(?:no|not|don'?t|dont|haven'?t|havent|isn'?t|without|lack)\b[^,.]{0,24}\b(?:spare|room|bedroom|space)\b|"
    r"\b(?:have|need|has) to share\b|\bshar(?:e|ing) (?:with|a room)\b|\bnot (?:at the moment|at present|right now|"
    r"currently)\b|\b(?:one|1|studio)[- ](?:bed\w*|flat)\b|\b(?:studio|bedsit|overcrowded|doubled up|full up|packed in|sofa|"
    r"camp bed)\b|\balready shar(?:e|ing)\b|\bshar(?:e|ing) already\b|\b(?:put|be) (?:them |him |her )?in with\b|\b(?:all|"
    r"every) (?:the |our )?rooms? (?:is |are |'s )?(?:\w+ )?(?:full|taken|used|in use)\b|"
    r"\brooms? (?:is|are) (?:full|taken|used)\b"
)
ROOM = re.compile(
    r"\bspare (?:bed)?rooms?\b|\bspare (?:double|single)\b|\bempty (?:bed)?room\b|\bconverted\b|\bown (?:bed)?room\b|"
    r"\b(?:going spare|(?:is|are|it'?s|sat|sits|stands|just|lies) (?:free|vacant|empty|unused)|(?:room|double|"
    r"single|bedroom) free|nobody(?:'s)? (?:uses|sleeps|in)|no ?one (?:uses|sleeps in)|not used|(?:guest|extra|"
    r"empty) (?:bed)?room|all ready|made up|room to spare|plenty of (?:room|space)|turned .* into a bedroom|room empty)\b"
)
BEDS = re.compile(rf"\b(\d|{NUMBER_WORD})[- ]?bed")
LIVE_HERE = re.compile(
    rf"\b(?:just|only) (me|us|two|the two)\b|\b(\d|{NUMBER_WORD}) of us\b|\b(on my own|by myself|alone)\b|"
    rf"\b(us two)\b|\bonly use (\d|{NUMBER_WORD})\b|\buse (\d|{NUMBER_WORD})(?: of them)?$"
)


def _beds_to_spare(text: str) -> bool:
    """ "Four bed semi and only us two in it": more bedrooms than people."""
    beds, people = BEDS.search(text), LIVE_HERE.search(text)
    if not beds or not people:
        return False
    who = next(group for group in people.groups() if group)
    living = (
        1
        if who in ("me", "on my own", "by myself", "alone")
        else WORD_NUMBERS.get(who, int(who) if who.isdigit() else 2)
    )
    rooms = beds.group(1)
    return (int(rooms) if rooms.isdigit() else WORD_NUMBERS[rooms]) > living


def bedroom(question: Question, doc: Doc) -> Any:
    """Whether a child could have a room to themselves."""
    text, said = doc.text, polarity(doc)
    if is_question(doc):
        return ASK_AGAIN
    if UNSURE.search(text):
        return "not_sure"
    if wavers(doc):
        return ASK_AGAIN
    planned = PLANNED.search(text) and not re.search(
        r"\b(?:never|not|no|aren'?t) (?:\w+ )?(?:plan\w*|going|moving|soon)\b", text
    )
    if planned:
        return ASK_AGAIN if said and not re.search(r"\bthen yes\b", text) else "planned"
    if re.match(r"not yet", opening(text)):
        return ASK_AGAIN
    if _beds_to_spare(text) and not NEGATED.search(text):
        return "yes"
    rest = re.sub(r"^(?:(?:no|oh|wait|sorry|actually|hang on)\b[ ,.]*)+", "", text)
    if re.search(r"\bwait\b|\bsorry\b|\bactually\b", text) and ROOM.search(rest) and not NEGATED.search(rest):
        return "yes"
    if NO_ROOM.search(text):
        return ASK_AGAIN if said or HOWEVER.search(text.replace("only", "")) else "no"
    if ROOM.search(text) and not NEGATED.search(text) and not HOWEVER.search(text):
        return "yes"
    if said is False and not HOWEVER.search(text.replace("only", "")):
        return "no"
    if re.search(r"\b(?:shares?|sharing|box ?room|office|study|dining room|lounge|sofa|tiny|box)\b", text):
        return ASK_AGAIN
    return yes_or_no(question, doc)


STOPPED = re.compile(
    r"\b(?:not any ?more|not any longer|no longer|not since|gave (?:it )?up|given (?:it )?up|quit(?: it)? (?:\d|\w+ (?:years|months|"
    r"ago)|in|years|months|ages|last|"
    r"when|for|after)|used to|ex[- ]?smokers?|"
    r"stopped|packed (?:it )?in|(?:haven'?t|not) (?:smoked|vaped|touched)\b.*\b(?:for|since|in)|non[- ]?smok\w*|"
    r"not for (?:\w+ )?(?:years|months|ages|decades)|kicked (?:it|the habit)|jacked it|reformed|smoke[- ]?free|nobody|no one|"
    r"neither|none of us)\b"
)
# Days or weeks, not years: still in the middle of it.
JUST_STOPPED = re.compile(
    rf"\b(?:stopped|quit|gave (?:it |them )?up|given (?:it |them )?up|packed (?:it )?in|"
    rf"jacked (?:it )?in)\b.{{0,24}}\b(?:{NUMBER_WORD}|\d+|a few|"
    rf"couple of|a|last|this|yester)\s?(?:days?|weeks?)\b|\b(?:{NUMBER_WORD}|\d+|few|couple of) (?:days?|weeks?) (?:off|without|clean|free|"
    rf"smoke[- ]?free|in\b)|\b(?:day|week) (?:{NUMBER_WORD}|\d+) (?:without|off|of|clean)\b"
)
A_DAY = re.compile(rf"\b(?:{NUMBER_WORD}|\d+|few|couple)(?: or (?:{NUMBER_WORD}|\d+|so))? a day\b")
STOPPING = re.compile(
    r"\b(?:giving (?:it )?up|stop smoking (?:nurse|service|clinic|group|course|app|advis\w+)|quit (?:clinic|line|date)|wean\w+|"
    r"lozenges|hypno\w+|trying (?:\w+ ){0,2}to (?:quit|stop|give|cut|pack|kick|knock|come off)|down to (?:\d+|one|two|three|four|five|"
    r"a few)|cutting (?:down|back)|patches|stopping|quitting|gum|champix)\b"
)
SMOKES = re.compile(
    r"\b(?:vapes?|vaping|vaper|smokes?|smoking|smoker|e-?cig\w*|cigars?|pipe|roll[- ]?ups?|ciggies?|fags?|outside|garden|"
    r"socially|sometimes|occasional\w*|"
    r"now and (?:then|again)|odd one|weekends?|at parties|when (?:i|we|he|she) drinks?|(?:half|husband|hubby|wife|partner|"
    r"mum|dad|son|daughter|mother|father|lodger|one|he|she|they|both|of us|i|we) do(?:es)?)\b"
)
DENIED = re.compile(
    r"\b(?:don'?t|dont|doesn'?t|doesnt|do not|does not|never|not|no|nobody|no one|neither|none|hates?|isn'?t|"
    r"aren'?t)\b[^,.]*?\b(?:smok\w*|vap\w*|does|do|cigg\w*|cigarettes?|fags?)\b"
)
YET = re.compile(r"\b(?:but|although|though|except(?: for)?|apart from|only|just|however)\b(.*)$")


def smoking(question: Question, doc: Doc) -> Any:
    """Whether anyone at home smokes or vapes: one who does is enough."""
    text = doc.text
    if talks_instead(text):
        return "prefer_to_talk"
    if (
        is_question(doc)
        or UNSURE.search(text)
        or re.search(r"\b(?:not (?:much|a lot|often)|might again|used to and)\b", text)
    ):
        return ASK_AGAIN
    if re.search(r"\bdepends\b|\bon and off\b", text) or (
        of_another(text) and re.search(r"\b(?:died|dead|used to|smoked)\b", text)
    ):
        return ASK_AGAIN
    if JUST_STOPPED.search(text) and polarity(doc) is not True:
        return "giving_up"
    if A_DAY.search(text) and not re.search(r"\b(?:down|from|used|was|were|gave|stopped|quit|cut\w*|not?|n't)\b", text):
        return "yes"
    yet = YET.search(text)
    if yet and yet.group(1) and polarity(doc) is not True:
        rest = DENIED.sub(" ", yet.group(1))
        if STOPPING.search(rest):
            return "giving_up"
        if STOPPED.search(rest):
            return "no" if not SMOKES.search(STOPPED.sub(" ", rest)) else "yes"
        if SMOKES.search(rest):
            return "yes"
        return ASK_AGAIN if re.match(r"(?:except|apart)", yet.group(0)) or polarity(doc) is False else None
    if wavers(doc):
        return ASK_AGAIN
    if STOPPED.search(text):
        left = SMOKES.search(re.sub(r"\b(?:smoking|cigarettes?|fags?)\b", " ", STOPPED.sub(" ", DENIED.sub(" ", text))))
        if left and polarity(doc) is not False:
            return "yes" if re.search(r"\b(?:now|still|these days|instead)\b", text) else ASK_AGAIN
        return "no"
    if STOPPING.search(text):
        return "giving_up"
    if SMOKES.search(DENIED.sub(" ", text)):
        return "yes" if polarity(doc) is not False or re.search(r",", text) else ASK_AGAIN
    if DENIED.search(text):
        return "no"
    if re.search(r"\b(?:room|bedroom|dogs?|kids|children)\b", text):
        return ASK_AGAIN  # about something else
    if polarity(doc) is True or (re.search(r"\byes\b", text) and not NEGATED.search(text)):
        return "yes"
    return yes_or_no(question, doc)


TYPES = r"\b(?:xl bull(?:y|ies)|pit ?bulls?|tosas?|dogo argentinos?|fila brasileiros?|exempt\w*|banned|certificate)\b"
DOG = re.compile(
    r"\b(?:dogs?|doggos?|pooch|pupp(?:y|ies)|pups?|mutt|mongrel|hound|lab(?:rador)?s?|spaniels?|springers?|cockers?|"
    r"poodles?|\w+(?:poo|oodle)s?|terriers?|westies?|jrt|"
    r"jack russell?s?|collies?|retrievers?|greyhounds?|lurchers?|whippets?|beagles?|pugs?|frenchies?|(?:bull|sheep|"
    r"grey)dogs?|dachshunds?|sausage dog|shih ?tzus?|"
    r"chihuahuas?|staff(?:y|ie)s?|rottweilers?|alsatians?|german shepherds?|husk(?:y|ies)|boxers?|dobermans?|schnauzers?|"
    r"pomeranians?|yorkies?|bichons?|"
    r"maltese|corgis?|vizslas?|pointers?|setters?|dalmatians?|great danes?|mastiffs?)\b"
)
OTHER_PET = re.compile(
    r"\b(?:cats?|kittens?|rabbits?|bunn(?:y|ies)|hamsters?|guinea pigs?|fish|budgies?|birds?|tortoises?|chickens|hens|"
    r"horses?|gerbils?|snakes?|lizards?)\b"
)


UNKNOWN_BREED = re.compile(
    r"\bcould be one of (?:them|those)\b|\bunclear\b|\bif (?:he'?s|hes|she'?s|shes|it'?s) (?:legal|banned|allowed)\b|\bsome (?:sort|kind|"
    r"type) of\b|\b(?:nobody|no ?one) (?:could|can|will|would) (?:tell|say)\b|\b(?:told|said|reckon\w*) .*\b(?:cross|mix)\b.*\bbut\b|"
    r"\bmight be (?:one|on|a)\b|\b(?:think|may be|possibly|probably|maybe) .*\b(?:list|banned)\b"
)
LISTED = re.compile(
    r"(?<!not )(?<!nt )(?<!n't )(?<!neither )(?<!none )\b(?:is|he'?s|hes|she'?s|shes|it'?s|they'?re|one of the (?:breeds|types|"
    r"ones))(?: \w+)? "
    r"(?:on the list|they (?:outlawed|banned))\b|(?<!not )\bone of the (?:breeds|types|ones) (?:on the list|they (?:outlawed|banned))\b|"
    r"^(?:yes |yeah )?on the list\b"
)


def dogs(question: Question, doc: Doc) -> Any:
    """Whether there are dogs, and whether one may be of a type that the law names. A breed alone is never judged."""
    text, said = doc.text, polarity(doc)
    if is_question(doc) or re.search(r"\b(?:love|like|scared of|afraid of|walk|walking|all) dogs\b|\bdogs are\b", text):
        return ASK_AGAIN
    if re.search(r"\bdog[- ]free\b|\bdogless\b", text) or (
        said is False and re.search(r"\bbut (?:no|nope)[ .!]*$", text)
    ):
        return "no"
    if of_another(text):
        return ASK_AGAIN
    if UNKNOWN_BREED.search(text) and not re.search(r"\b(?:papers|certificate|exempt\w*|registered)\b", text):
        return "not_sure"
    if LISTED.search(text):
        return "yes_banned_or_exempt"
    if UNSURE.search(text) or re.search(
        r"\b(?:could be anything|bit of everything|unknown (?:parentage|breed|mix)|heinz|"
        r"no paperwork|couldn'?t (?:swear|say))\b|\b(?:god|who|goodness|heaven) knows\b",
        text,
    ):
        return "not_sure"
    unbanned = re.search(rf"\b(?:not|none|isn'?t|aren'?t|neither|no|nothing|never)\b[^.]{{0,24}}{TYPES}", text)
    if re.search(TYPES, text) and not unbanned:
        return "yes_banned_or_exempt" if said is not False else ASK_AGAIN
    ours = LIVES_HERE.search(text) is not None
    if wavers(doc) or (
        not ours
        and re.search(
            r"\b(?:visits?|comes? (?:round|over)|stays|look after|mum'?s|dad'?s|neighbour'?s|daughter'?s|son'?s|getting|want|soon)\b",
            text,
        )
    ):
        return ASK_AGAIN
    gone = re.search(
        r"\b(?:lost|died|passed|put (?:to sleep|down)|used to have|had (?:a|one|two)|not any ?more|any ?more|rehomed|"
        r"goodbye|not with us|rainbow bridge)\b",
        text,
    )
    if gone:
        return (
            ASK_AGAIN
            if re.search(r"\b(?:(?<!not )now|(?<!not got )(?<!not had )another|still|left|new|other)\b", text)
            else "no"
        )
    if unbanned:
        return "yes" if DOG.search(text) or said is not False else ASK_AGAIN
    if DOG.search(text):
        if re.search(r"\bdo have\b|\bnow have\b", text):
            return "yes"
        if said is False or re.search(r"\b(?:no|not|don'?t|dont|haven'?t|without)\b", text):
            return ASK_AGAIN if HOWEVER.search(text) and not OTHER_PET.search(text) else "no"
        return "yes"
    if said is False:
        return ASK_AGAIN if re.search(r"\b(?:but|yet)\b", text) and not OTHER_PET.search(text) else "no"
    if OTHER_PET.search(text) and said is None:
        return "no"
    return ASK_AGAIN if said else None  # a bare "yes" does not tell whether one is banned
