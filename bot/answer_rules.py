"""Answers that are a yes or a no with something beside it: the right to work, a room, smoking, dogs, what is private.

Each rule gives a value; ASK_AGAIN where a text could mean two things; None where the examples may still settle it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Callable

from spacy.tokens import Doc

from bot.reading import RATHER_NOT, RATHER_TALK, UNSURE, is_question, opening, polarity, wavers

if TYPE_CHECKING:
    from bot.answers import Question

ASK_AGAIN = object()  # settled: no example can tell what is meant
Rule = Callable[["Question", Doc], Any]

HOWEVER = re.compile(r"\b(?:but|although|though|except|apart from|other than|unless|however|only|until)\b")
NEGATED = re.compile(
    r"\b(?:no|not|never|none|don'?t|doesn'?t|haven'?t|hasn'?t|isn'?t|aren'?t|without|nobody|no one|neither|can'?t|won'?t)\b"
)


def yes_or_no(question: Question, doc: Doc) -> Any:
    """Yes, no, not sure, rather talk: the answers that most questions share."""
    if is_question(doc) and not (question.has("prefer_to_talk") and RATHER_TALK.search(doc.text)):
        return ASK_AGAIN
    if question.has("prefer_to_talk") and (RATHER_TALK.search(doc.text) or RATHER_NOT.search(doc.text)):
        return "prefer_to_talk"
    if UNSURE.search(doc.text):
        return "not_sure" if question.has("not_sure") else ASK_AGAIN
    if wavers(doc):
        return ASK_AGAIN
    said = polarity(doc)
    if said is None:
        return None
    if HOWEVER.search(doc.text):
        return "yes_talk" if said and question.has("yes_talk") else ASK_AGAIN
    if said:
        return next((value for value in ("yes_talk", "yes") if question.has(value)), None)
    return "no" if question.has("no") else None


def right_to_work(question: Question, doc: Doc) -> Any:
    """The right to live and work here, of the person who types."""
    text = doc.text
    if is_question(doc):
        return ASK_AGAIN
    mine = re.search(
        r"\b(?:british|uk|irish|dual) (?:citizen|passport|national)|\b(?:british|settled) (?:citizen|status)|"
        r"\bindefinite leave\b|"
                     r"\bilr\b|\bi'?m (?:british|english|scottish|welsh|irish)\b|\bborn (?:and (?:bred|raised)|here|in (?:the uk|england|"
                     r"britain|leicester))", text)
    if re.search(r"\bpre-? ?settled\b|\b(?:waiting|applied|applying|expired?|appeal)\b", text):
        return ASK_AGAIN
    if mine and not HOWEVER.search(text) and not NEGATED.search(text):
        return "yes"
    if re.search(r"\b(?:husband|wife|partner)\b", text) and not re.search(r"\b(?:both|we)\b", text):
        return ASK_AGAIN
    return yes_or_no(question, doc)


PLANNED = re.compile(
    r"\b(?:moving|move[sd]? out|leaving|building|extending|extension|converting|clearing|will (?:be|have)|going to (?:have|"
    r"be|get|do|make)|gonna|soon|plan(?:ning|ned)?|"
    r"hoping|next (?:year|month|week|spring|summer)|in (?:the )?(?:spring|summer|autumn|new year|january|february|march|"
    r"april|may|june|july|"
    r"august|september|october|november|december)|when (?:he|she|they|my|our))\b"
)
NO_ROOM = re.compile(
    r"\b(?:no|not|don'?t|dont|haven'?t|havent|isn'?t|without|lack)\b[^,.]{0,24}\b(?:spare|room|bedroom|space)\b|"
    r"\b(?:have|need|has) to share\b|\bshar(?:e|ing) (?:with|a room)\b|\bnot (?:at the moment|at present|right now|"
    r"currently)\b|\b(?:one|1|studio)[- ](?:bed\w*|flat)\b"
)
ROOM = re.compile(r"\bspare (?:bed)?rooms?\b|\bspare (?:double|single)\b|\bempty (?:bed)?room\b|\bconverted\b|\bown (?:bed)?room\b")


def bedroom(question: Question, doc: Doc) -> Any:
    """Whether a child could have a room to themselves."""
    text, said = doc.text, polarity(doc)
    if is_question(doc):
        return ASK_AGAIN
    if UNSURE.search(text):
        return "not_sure"
    if wavers(doc):
        return ASK_AGAIN
    planned = PLANNED.search(text) and not re.search(r"\b(?:never|not|no|aren'?t) (?:\w+ )?(?:plan\w*|going|moving|soon)\b", text)
    if planned:
        return ASK_AGAIN if said else "planned"
    if re.match(r"not yet", opening(text)):
        return ASK_AGAIN
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
    r"\b(?:not since|gave (?:it )?up|given (?:it )?up|quit(?: it)? (?:\d|\w+ (?:years|months|ago)|in|years|months|ages|last|"
    r"when|for|after)|used to|ex[- ]?smokers?|"
    r"stopped|packed (?:it )?in|(?:haven'?t|not) (?:smoked|vaped|touched)\b.*\b(?:for|since|in)|non[- ]?smok\w*|"
    r"smoke[- ]?free|nobody|no one|neither|none of us)\b"
)
STOPPING = re.compile(
    r"\b(?:giving (?:it )?up|trying to (?:quit|stop|give|cut|pack|kick|come off)|down to (?:\d+|one|two|three|four|five|"
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
    r"aren'?t)\b[^,.]*?\b(?:smok\w*|vap\w*|does|do)\b"
)
YET = re.compile(r"\b(?:but|although|though|except(?: for)?|apart from|only|just|however)\b(.*)$")


def smoking(question: Question, doc: Doc) -> Any:
    """Whether anyone at home smokes or vapes: one who does is enough."""
    text = doc.text
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    if RATHER_TALK.search(text) or RATHER_NOT.search(text):
        return "prefer_to_talk"
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


def dogs(question: Question, doc: Doc) -> Any:
    """Whether there are dogs, and whether one may be of a type that the law names. A breed alone is never judged."""
    text, said = doc.text, polarity(doc)
    if is_question(doc):
        return ASK_AGAIN
    if UNSURE.search(text) or re.search(r"\b(?:god|who|goodness|heaven) knows\b", text):
        return "not_sure"
    unbanned = re.search(rf"\b(?:not|none|isn'?t|aren'?t|neither|no|nothing|never)\b[^.]{{0,24}}{TYPES}", text)
    if re.search(TYPES, text) and not unbanned:
        return "yes_banned_or_exempt" if said is not False else ASK_AGAIN
    if wavers(doc) or re.search(
        r"\b(?:visits?|comes? (?:round|over)|stays|look after|mum'?s|dad'?s|neighbour'?s|daughter'?s|son'?s|getting|want|soon)\b", text):
        return ASK_AGAIN
    gone = re.search(r"\b(?:lost|died|passed|put (?:to sleep|down)|used to have|had (?:a|one|two)|not any ?more|any ?more|rehomed)\b", text)
    if gone:
        return ASK_AGAIN if re.search(r"\b(?:now|another|still|left|new|other)\b", text) else "no"
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


QUALIFIED = re.compile(r"\b(?:recent\w*|serious|major|bad|lately|any ?more|since|just|these days|now|yet|much|big|adult|for years)\b")


def private(question: Question, doc: Doc) -> Any:
    """Whether there is something to talk through in private. A "no" with a condition is no plain no."""
    text = doc.text
    if re.search(
        r"\b(?:all clear|squeaky clean|clean as|clean record|nothing like that|not that i (?:know|am aware|'?m aware)|nowt|"
        r"not me|no never)\b", text) and not HOWEVER.search(text):
        return "no"
    if polarity(doc) is False and QUALIFIED.search(text) and not (RATHER_TALK.search(text) or RATHER_NOT.search(text)):
        return ASK_AGAIN
    if re.search(r"\byes\b", text) and not NEGATED.search(text) and not is_question(doc):
        return "yes_talk"
    return yes_or_no(question, doc)


def safe_to_message(question: Question, doc: Doc) -> Any:
    """Whether a message may be left. With a condition, only a plain answer will do."""
    text, said = doc.text, polarity(doc)
    if is_question(doc) or wavers(doc) or HOWEVER.search(text) or re.search(r"\b(?:text|email|if|after|before|just)\b", text):
        return "no" if said is False and not is_question(doc) and not re.search(r"\b(?:but|only|if|text|email)\b", text) else ASK_AGAIN
    if re.search(r"\bplease (?:do not|don'?t|dont)\b|\brather (?:you )?(?:didn'?t|not)\b", text):
        return "no"
    if said is None and re.search(r"(?:\bis|'s) (?:fine|ok|okay|good|safe|all right|alright)\b", text) and not NEGATED.search(text):
        return "yes"
    return yes_or_no(question, doc)
