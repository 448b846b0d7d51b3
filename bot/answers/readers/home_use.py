"""Answers about firearms, a business at home, and the landlord."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import talks_instead
from bot.answers.yes_no import ASK_AGAIN, HOWEVER, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

TOYS = re.compile(
    r"\b(?:nerf|toy|water|pop|plastic|pretend|cap|play|foam|lego|kitchen|bread|paintball|airsoft|bb|glue|nail|"
    r"staple) ?(?:guns?|pistols?|knives|knife|swords?|weapons?|rifles?)?\b"
)
WEAPON = re.compile(
    r"\b(?:shot ?guns?|\w*rifles?|air ?(?:guns?|pistols?)|guns?|firearms?|pistols?|revolvers?|muskets?|clays?|cross ?bows?|"
    r"archery|bow and arrows?|bows?|swords?|katanas?|samurai|"
    r"bayonets?|daggers?|machetes?|deactivated|ammunition|shoots?|shooting|game ?keeper|(?:gun|locked|steel) cabinet|(?:shotgun|"
    r"firearms?|fac|gun) (?:certificate|licen[cs]e)|weapons?|kirpan|armou?ry)\b"
)
NOT_HERE = re.compile(
    r"\b(?:brother|neighbour|dad|father|uncle|friend|mate|grandad|grandfather|sister)\b.*\b(?:has|does|keeps|shoots|owns|had)\b|"
    r"\belsewhere\b|\bused to\b|\bat the (?:club|range)\b|"
    r"\bnot (?:at|in) (?:home|the house|our)\b|\bthinking (?:of|about)\b|\bsold\b|\bhanded in\b"
)
DENIED = re.compile(r"\b(?:no|not|don'?t|dont|haven'?t|havent|never|none|without|isn'?t|hate|zero|any)\b[^,.;]{0,24}$")


def firearms(question: Question, doc: Doc) -> Any:
    """Whether there are firearms or other weapons at home. Toys and kitchen knives are none."""
    text = doc.text
    if talks_instead(text):
        return "prefer_to_talk"
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    real = TOYS.sub(" ", text)
    found = WEAPON.search(real)
    if NOT_HERE.search(text):
        return ASK_AGAIN
    if (
        re.search(r"\bso (?:yes|yeah|we do|there (?:is|are))\b|\b(?:farmer|gamekeeper)\b", text)
        and polarity(doc) is not False
    ):
        return "yes"
    if found and not DENIED.search(real[: found.start()]):
        return "yes" if polarity(doc) is not False or HOWEVER.search(text) else ASK_AGAIN
    if found and HOWEVER.search(text):
        later = WEAPON.search(real, HOWEVER.search(text).end())  # type: ignore[union-attr]
        return "yes" if later else ASK_AGAIN
    if found:
        return "no"
    if TOYS.search(text) and polarity(doc) is not True:
        return "no" if re.search(r"\b(?:only|just|no|apart|unless|except|other than)\b", text) else ASK_AGAIN
    if wavers(doc):
        return None
    if polarity(doc) is False and re.search(r"\b(?:but|except|apart from|unless)\b", text):
        return ASK_AGAIN
    return yes_or_no(question, doc)


MINDS = re.compile(
    r"\b(?:child ?-?mind\w*|(?:i|we|she|he|wife|husband|partner|daughter|mum|who) (?:also |still )?minds?\b|minding|"
    r"mind (?:\w+ ){0,2}(?:kids|children|little ones|others)|"
    r"(?:other|others'?|different) (?:people'?s|parents'?|families'?)? ?(?:kids|children)|after[- ]school (?:care|"
    r"club) (?:at|in|from)|wrap ?around|ofsted|nanny share|"
    r"childcare (?:in|at|from)|day ?care (?:in|at|from)|nursery (?:in|at|from) (?:my|our|home|the house))\b"
)
BUSINESS = re.compile(
    r"\b(?:hair ?dress\w*|hair\b|barber\w*|nails?|beaut\w+|salon|lashes|brows|make-?up artist|bak(?:e|es|ing|ery)|cakes?|etsy|"
    r"shop|store|online (?:business|shop|selling)|groom\w*|kennels?|cattery|"
    r"(?:dog|cat|pet) (?:boarding|sitting|walking|breed\w*)|book ?-?keep\w*|accounts?|accountan\w*|tutor\w*|(?:music|piano|guitar|"
    r"singing|swimming|art|dance) (?:lessons|teacher|classes)|"
    r"(?:teach|give|gives) (?:\w+ )?(?:lessons|piano|guitar|music|yoga)|yoga|massage|reiki|therap\w+|counsel\w*|clients|physio|"
    r"workshop|garage|mechanic|air ?bnb|bed and breakfast|b ?& ?b|guest ?house|"
    r"business|company|sell(?:s|ing)?|self[- ]employed|my own company|our company|studio|seamstress|sew(?:ing)?|alterations|"
    r"dressmak\w*|crafts?|"
    r"jewell?ery|candles?|upholst\w*|catering|photograph\w*|farm\w*|"
    r"breed\w*|market stall|pottery|web design\w*|car boot|takeaway|pub|freelanc\w*|small holding|smallholding|tattoo\w*|"
    r"chiropod\w*|florist\w*|gardening|cleaning business|resell\w*|dropship\w*)\b"
)
UNSETTLED = re.compile(
    r"\b(?:used to|thinking|planning|might|hobby|sometimes|vinted|avon|officially|years ago|going to|one day|"
    r"would like|stopped|gave up|retired from|closed)\b"
)
ELSEWHERE = re.compile(
    r"\b(?:not|no|isn'?t|but not|never|nothing)\b[^,;]{0,20}\b(?:from|at|in) (?:home|here|the house)\b|"
    r"\b(?:rented|separate|town|high street|office|premises|unit|away from home|elsewhere)\b"
)
FOR_A_FIRM = re.compile(r"\bw\.?f\.?h\b|\bwork(?:s|ing)? (?:mostly |mainly )?(?:from|at) home\b")


def home_business(question: Question, doc: Doc) -> Any:
    """Whether someone childminds or runs a business at home."""
    text = doc.text
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    if UNSETTLED.search(text):
        return (
            "no"
            if polarity(doc) is False
            and re.search(
                r"\b(?:used to|stopped|gave up|closed|"
                r"retired)\b",
                text,
            )
            and not re.search(r"\bnow\b", text)
            else ASK_AGAIN
        )
    if FOR_A_FIRM.search(text) and re.search(r"\bfor (?:a|an|the|my|bt|hmrc)\b|\bmy job\b", text):
        return ASK_AGAIN
    said = polarity(doc)
    minds, runs = MINDS.search(text), BUSINESS.search(text)
    minds_denied = minds is not None and DENIED.search(text[: minds.start()]) is not None
    runs_denied = runs is not None and DENIED.search(text[: runs.start()]) is not None
    minds_too, runs_too = minds is not None and not minds_denied, runs is not None and not runs_denied
    if ELSEWHERE.search(text) and not minds_too:
        return "no" if said is not True else ASK_AGAIN
    if said is False and not HOWEVER.search(text):
        return "no" if not (minds_too or runs_too) else ASK_AGAIN
    if minds_too:
        one_thing = re.search(r"\bchild ?-?mind\w* business|business.{0,12}child", text)
        return ASK_AGAIN if runs_too and not one_thing and re.search(r"\band\b", text) else "childminding"
    if runs_too:
        return "other"
    if FOR_A_FIRM.search(text):
        return ASK_AGAIN
    if minds_denied or runs_denied:
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    if wavers(doc):
        return None
    if said:
        return ASK_AGAIN  # yes to which of the two
    return yes_or_no(question, doc)


WORRIES = re.compile(
    r"\b(?<!not )(?:worried|worries me|scared|afraid|dread\w*|dare\w*|nervous|concerned|anxious|frightened)\b|\b(?:refuse[sd]?|object(?:s|"
    r"ed)?|evict\w*|kick(?:ed|s)? (?:us|me|off|out)|chuck(?:ed)? (?:us|me)|(?:he|she|they|landlord|landlady)(?:'d| would|'ll| will| might|"
    r" may| could| has| have|'s)? (?:probably |just |already |definitely )?(?:say no|said no|not (?:agree|allow|like|want|be happy|let)|"
    r"turned (?:us|me) down)|(?:won'?t|wont|wouldn'?t|wouldnt|doesn'?t|don'?t|didn'?t) (?:let|allow|agree|like|want|be (?:happy|keen)|"
    r"have it)|not allowed|not (?:be )?(?:keen|happy)|against (?:it|the (?:rules|tenancy|contract))|(?:a|be|some|much) (?:problem|trouble|"
    r"issue)|cause trouble|awkward|funny about|putting it off|wants? us out|strict|rent up|lose (?:the|my|our) (?:flat|house|home|tenancy)|"
    r"not sure (?:he|she|they)'?d)\b"
)
NO_WORRY = re.compile(r"\b(?:no (?:problems?|issues?|objections?|worries)|not (?:worried|a problem|bothered))\b")
AGREES = re.compile(
    r"\b(?:agreed?s?|(?:said|says) (?:yes|ok|okay|fine|great|it'?s|that'?s|we can|i can|go ahead)|(?:fine|ok|okay|happy|cool|good|great|"
    r"lovely) (?:with|for|about)|(?:gave|given|got|have|has|had)(?: (?:us|me|her|his|their|the|landlord'?s|written))* (?:permission|"
    r"consent|go[- ]ahead|blessing|approval|ok|okay)|all for it|on board|green light|in writing|made up (?:for|about)|delighted|thrilled|"
    r"over the moon|the nod|thumbs up|cleared it|supportive|signed (?:it )?off|(?:doesn'?t|don'?t|didn'?t) mind|approved?|(?:is|are|was|"
    r"were|he'?s|she'?s|they'?re) (?:\w+ )?(?:fine|ok|okay|happy|cool|supportive|chuffed|pleased|lovely about it))\b"
)
NOT_ASKED = re.compile(
    r"\b(?:not|n't|nt|never|no|hasn'?t|haven'?t|havent|hasnt|don'?t|doesn'?t|dont|didn'?t|yet to|still to|need to|have to|going to|gonna|"
    r"will|plan(?:ning)? to|about to|intend to|want to|wanted to|i'?ll|we'?ll)\b(?: \w+){0,4} (?:ask(?:ed)?|tell|told|mention(?:ed)?|"
    r"spoke[n]?|speak|said|say|know|let|raised?|contact(?:ed)?|bring|brought|approach(?:ed)?|check(?:ed)?|find out|come back|repl(?:y|ied)|"
    r"answer(?:ed)?|respond(?:ed)?|heard|decided|ring|rung|call|clue|idea)\b|\bnot (?:yet|so far)\b|\bwaiting (?:to|for|on)\b|\b(?:no|any|"
    r"had no) (?:reply|answer|response)\b|\bheard nothing\b|\bkept it (?:to|quiet)\b|\bonly just (?:started|begun)\b|\bkeeping it (?:to|"
    r"quiet)\b|\bnot got (?:round|that far)\b"
)
GUESSES = re.compile(
    r"\b(?:think|sure|should|hopefully|hope|expect|imagine|would|'d|reckons?|probably|might|if|guess|doubt|as long as|"
    r"provided|unless)\b"
)


def landlord(question: Question, doc: Doc) -> Any:
    """What the landlord thinks of it. To know of it is not yet to agree, so a bare "yes" is asked about again."""
    text = doc.text
    if is_question(doc) or re.search(r"\b(?:no|not|don'?t have|haven'?t got|without) (?:a |any )?landlord\b", text):
        return ASK_AGAIN
    plain = NO_WORRY.sub(" fine with it ", text)
    if WORRIES.search(plain) and not (polarity(doc) is True and AGREES.search(plain)):
        return "worried"
    not_asked = NOT_ASKED.search(plain) is not None
    if AGREES.search(plain) and not GUESSES.search(plain):
        return (
            ASK_AGAIN
            if re.search(
                r"\b(?:but|as long as|if|unless|not|n't|hasn'?t|haven'?t)\b",
                re.sub(r"\b(?:doesn'?t|don'?t|didn'?t) mind\b", " ", plain),
            )
            and not not_asked
            else ("not_yet" if not_asked else "agreed")
        )
    if not_asked:
        return "not_yet"
    if UNSURE.search(text) or GUESSES.search(plain) or wavers(doc):
        return ASK_AGAIN
    said = polarity(doc)
    if said is False:
        return "not_yet" if not HOWEVER.search(text) else ASK_AGAIN
    return ASK_AGAIN if said is True else None
