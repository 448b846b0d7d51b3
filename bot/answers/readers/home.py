"""Answers about a home and what is in it: whose it is, other animals, driving, firearms, a business.

Each rule gives a value; ASK_AGAIN where a text could mean two things; None where what was learned may still settle it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.yes_no import ASK_AGAIN, HOWEVER, yes_or_no
from bot.text.polarity import UNSURE, polarity, wavers
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

RELATIVE = (
    r"(?:mum|mam|mom|mother|dad|father|parents?|folks|nan|gran|grandma|grandad|grandparents|brother|sister|sibling|aunt|auntie|uncle|"
    r"cousin|son|daughter|in[- ]?laws|mother[- ]in[- ]law|father[- ]in[- ]law|family|relatives?)"
)
RENTS = re.compile(
    r"\b(?:rent(?:s|ed|ing|ers?)?|landlords?|landlady|tenan\w+|council (?:house|flat|bungalow|property|place|home)|housing "
    r"(?:association|trust)|social housing|letting|private(?:ly)? let|lets?\b(?= (?:from|off|through))|on a let|h\.?a\.? "
    r"(?:house|flat)|shorthold|from the council)\b"
)
OWNS = re.compile(
    r"\b(?:own(?:s|ed|er|ers|ing)?|mortgag\w+|home ?owners?|bought|purchased|paid (?:it )?(?:off|for)|outright|freehold|leasehold|"
    r"property ladder|(?:it'?s|is) (?:all )?(?:ours|mine)|built it|in my name|in our names?|belongs to (?:me|us))\b"
)
OF_FAMILY = re.compile(
    rf"\b(?:my|his|her|our|the|hubby'?s|partner'?s|wife'?s|husband'?s|at) (?:\w+ )?{RELATIVE}(?:'?s|s')? ?(?:house|home|place|"
    rf"flat|own\w*|bungalow|"
    rf"annexe|let us|name)?\b|\bliv(?:e|ing) (?:with|at) (?:my |our |his |her )?(?:\w+ )?{RELATIVE}\b|\bwith (?:my |our )?{RELATIVE}\b|"
    rf"\bback (?:home )?(?:with|at)\b.*{RELATIVE}|\bmumsy\b"
)
ANOTHER_HOME = re.compile(
    r"\b(?:hotel|travelodge|\w*boats?|barge|caravan|motorhome|van\b|army|forces|raf|navy|barracks|quarters|tied|(?:comes|came|"
    r"goes) with (?:my|the|"
    r"his|her) (?:job|work)|"
    r"vicarage|manse|rectory|shared ownership|part[- ](?:buy|own\w*|rent)|above the (?:pub|shop)|hostel|temporary|static|travellers?'?|"
    r"sofa surfing|house ?sit\w*|emergency accommodation|refuge|warden|co-?op|lodging|lodger|almshouse)\b"
)
DENIES_OWNING = re.compile(
    r"\b(?:don'?t|dont|do not|not|never|used to|can'?t afford to|couldn'?t|hoping to|want to|saving to)\b[^,.]{0,16}"
    r"\b(?:own\w*|rent\w*|buy|bought|mortgage)\b"
)


def housing(question: Question, doc: Doc) -> Any:
    """Whose home it is. Two kinds in one answer are asked about again."""
    if is_question(doc) or UNSURE.search(doc.text):
        return ASK_AGAIN
    if re.search(r"\bex\b", doc.text):
        return ASK_AGAIN
    if re.search(
        r"\bown(?:s)? it,? (?:and |but )?(?:we|i) (?:just )?pay\b|\b(?:we|i) pay (?:them|him|her) (?:monthly|weekly|rent|"
        r"every)\b",
        doc.text,
    ):
        return "rent"
    text = DENIES_OWNING.sub(" ", doc.text.replace("pub landlord", "pub"))
    if ANOTHER_HOME.search(text):
        return (
            ASK_AGAIN
            if re.search(r"\b(?:mortgage|landlord)\b", text) and not re.search(r"\bpart\b|\bshared\b", text)
            else "other"
        )
    rents, family = RENTS.search(text), OF_FAMILY.search(text)
    owns = OWNS.search(
        re.sub(r"\bon (?:my|our|his|her) own\b|\bown (?:room|bedroom|car)\b|\bown\b(?= (?:landlord|tenan))", " ", text)
    )
    if rents and re.search(r"\brent (?:it |that )?(?:out|to)\b|\blandlords? (?:to|myself|ourselves)\b", text):
        return ASK_AGAIN
    if rents and owns:
        return "rent" if re.search(r"\blandlord\w* (?:who |that )?owns?\b|\bowned by\b", text) else ASK_AGAIN
    if rents:
        return "rent"
    if owns and family:
        return (
            "own"
            if re.search(
                r"\b(?:inherited|left (?:it )?to (?:me|us)|with my (?:brother|sister)|"
                r"jointly)\b",
                text,
            )
            else "with_family"
        )
    if owns or family:
        return "own" if owns else "with_family"
    return ASK_AGAIN if polarity(doc) is not None else None


UNUSUAL = re.compile(
    r"\b(?:pythons?|boas?|constrictors?|venom\w*|poison\w*|vipers?|cobras?|rattle\w*|tarantulas?|scorpions?|licen[cs]\w+|"
    r"dangerous wild|monkeys?|"
    r"marmosets?|lemurs?|servals?|caracals?|savannah cats?|wol(?:f|ves)\w*|crocodiles?|alligators?|caimans?|exotics?|raccoons?|skunks?|"
    r"meerkats?|wild ?cats?|lynx|big cats?|unusual|birds? of prey|hawks?|falcons?|owls?|emus?|ostrich\w*|iguanas?|"
    r"monitor lizards?|wallab\w+)\b"
)
ORDINARY = re.compile(
    r"\b(?:cats?|kittens?|kitty|mogg(?:y|ies)|tabby|rabbits?|bunn(?:y|ies)|hamsters?|guinea pigs?|\w*fish|koi|budg\w*|parrots?|"
    r"parakeets?|cockatiels?|"
    r"canar(?:y|ies)|finch(?:es)?|lovebirds?|tortoises?|terrapins?|turtles?|chickens?|chooks|hens?|cockerel|ducks?|geese|goose|"
    r"horses?|pony|ponies|"
    r"donkeys?|gerbils?|rats?|mouse|mice|ferrets?|geckos?|lizards?|dragons?|corn snakes?|sheep|lambs?|goats?|pigs?|alpacas?|llamas?|bees|"
    r"stick insects?|chinchillas?|degus?|axolotls?|newts?|frogs?|pigeons?|doves?|quails?|cows?|cattle|snails?|aquarium|pond|hutch|"
    r"aviary|turkeys?|"
    r"(?:old |ginger |house)tom|birds?|reptiles?|menagerie)\b"
)
NOT_OURS = re.compile(
    r"\b(?:visits?|comes? (?:round|over|in)|neighbour\w*|thinking (?:of|about)|getting|might|want(?:s|ed)?|would like|next door|"
    r"(?:birds|foxes|squirrels|hedgehogs?) in the garden|wild|stray|"
    r"love|(?:mum|dad|nan|gran|sister|brother|friend)'?s)\b"
)
GONE = re.compile(
    r"\b(?:died|dead|passed (?:away|on|last|in)|used to|put (?:down|to sleep)|had (?:a|one|two)|lost|rehomed|"
    r"no longer|not any ?more|any ?more)\b"
)
ONLY_DOGS = re.compile(
    r"\b(?:just|only|nothing but|no(?:ne|thing)? (?:other|else|apart|except|besides|but)|other than|"
    r"apart from)\b.*\bdogs?\b|\bonly dogs?\b"
)


def other_pets(question: Question, doc: Doc) -> Any:
    """Animals beside dogs. An unusual one is a matter for a person, so it is heard before anything else."""
    text, said = doc.text, polarity(doc)
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    text = re.sub(
        r"\b(?:nothing|not|no|none|never|without|isn'?t|aren'?t)\b(?: \w+){0,2} (?:licen[cs]\w+|exotics?|unusual|"
        r"poison\w*|venom\w*|dangerous wild)\b|"
        r"\b(?:cat|dog|rat|wild) ?flap\b",
        " ",
        text,
    )
    no_sooner = re.search(
        r"\b(?:no|not|don'?t|dont|haven'?t|havent|without|never)\b(?! (?:just|only|but|"
        r"except))[^,.;]{0,24}$",
        text[: _start(ORDINARY, text)],
    )
    if UNUSUAL.search(text) and said is not False and not GONE.search(text):
        return "unusual_or_licensed" if not NOT_OURS.search(text) else ASK_AGAIN
    if GONE.search(text):
        text = re.sub(r"\bbut (?=(?:it|he|she|they) (?:died|passed|went))", "and ", text)
        return ASK_AGAIN if re.search(r"\b(?:now|still|another|left|but|except)\b", text) else "no"
    if NOT_OURS.search(text) and not re.search(
        r"\b(?:we|i)(?:'ve)? (?:have|got|keep|own)\b|\bmy (?:son|daughter|lad)'?s\b", text
    ):
        return ASK_AGAIN if said is not False or HOWEVER.search(text) else "no"
    if ORDINARY.search(text) and not no_sooner:
        return "yes" if not (said is False and UNUSUAL.search(text)) else ASK_AGAIN
    if ONLY_DOGS.search(text) or (re.search(r"\bdogs?\b", text) and not ORDINARY.search(text) and said is not True):
        return "no"
    if wavers(doc):
        return None
    return yes_or_no(question, doc)


def _start(pattern: Any, text: str) -> int:
    found = pattern.search(text)
    return found.start() if found else len(text)


LEARNING = re.compile(
    r"\bl[- ]plates?\b|\bfailed\b.*\b(?:third|second|next|again|rebook\w*|another go|try)\b|\b(?:learning|learner|(?:having|taking|"
    r"started|starting|doing|on|my) (?:\w+ )?(?:driving )?lessons?|lessons|provisional|theory|"
    r"(?:driving )?test (?:is |was )?(?:booked|next|coming|soon|in|on|date)|(?:waiting|booked).{0,16}test|(?:re-?)?taking (?:my|"
    r"his|her) (?:driving )?test|retak\w+)\b"
)
NEVER_LEARNT = re.compile(
    r"\b(?:not|never|haven'?t|havent|didn'?t|no|without|gave up|stopped|don'?t|thinking (?:of|about)|"
    r"meant to|would like)\b[^,.]{0,22}"
    r"\b(?:learn\w*|lessons?|provisional|test)\b"
)
WHO = (
    r"(?:i|we|he|she|they|both(?: of us)?|husband|hubby|wife|missus|partner|(?:other|better) half|boyfriend|girlfriend|bf|gf|"
    r"son|daughter|lad|mum|dad|one of us|everyone|all of us|lodger|sister|brother|fella|him indoors)"
)
DRIVES = re.compile(
    rf"\b{WHO}(?:'ve)? (?:do|does|can|all|both|still)?(?: of us)? ?(?:all |both |still |already |now |do |can |the )?(?:drive|"
    rf"drives|driving|drove)\b|"
    rf"\b{WHO} (?:does|do|can)\b(?! (?:\w+ )?(?:have|not|n't|own|live|need|want))|\bpassed (?:my |his |her |our |the |a |last |"
    rf"in |first |when |at |years )|\bpassed$|\bdriv(?:e|"
    rf"es|ing) (?:for|since|every|all|a|to|lorries|buses|taxis|years)\b|"
    r"\b(?:full|clean|driving|uk|automatic|got (?:a|my|our|his|her)|have (?:a|my|our)) (?:\w+ )?licen[cs]es?\b|\blicen[cs]es? since\b|"
    r"\b(?:cars?|people carrier|motability|4x4|campervan|minibus|van|motor)\b|\b(?:lorry|hgv|taxi|bus|van|delivery|truck|coach|"
    r"tram|ambulance|cab) ?drivers?\b|\b(?:are|both|all) drivers\b|\bcabb(?:y|ie)\b|^drive\b|\bi drive\b"
)
NO_DRIVING = re.compile(
    r"\b(?:don'?t|dont|doesn'?t|doesnt|do not|does not|can'?t|cant|cannot|never|not|unable to|no longer|neither (?:of us )?|"
    r"nobody|no one|none of us|stopped|gave up|"
    r"given up|too (?:nervous|scared|old) to|not allowed to|stop|quit)\b[^,.;]{0,18}\b(?:driv\w*|car|wheel|learnt|learned|passed|"
    r"does|can|licen[cs]e)\b|"
    r"\b(?:no|lost (?:my|his|her)|gave up (?:my|the)|surrendered|handed (?:in|back)|without a|"
    r"haven'?t (?:got )?a?) ?(?:\w+ )?(?:car|licen[cs]e|driver|wheels)s?\b|"
    r"\b(?:the |by |on |use |get )(?:bus|buses|train|tram)\b|\bpublic transport\b|\bbus pass\b|\b(?:epilep\w*)\b|\bfailed\b|"
    r"\b(?:walk|cycle|bike|taxis?|uber)\b(?! ?driver)|\bneither\b|\bnobody\b|\bno one\b|\bnone of us\b|\bget(?:ting)? round to\b|"
    r"\bnon[- ]?drivers?\b"
)

NOW_AND_THEN = re.compile(
    r"\b(?:sometimes|occasional\w*|rarely|not at night|moped|scooter|if i (?:have|need)|could learn|hate|used to|banned|disqualified)\b"
)
LICENCE_ONLY = re.compile(r"\blicen[cs]e\b.*\b(?:but|no car)\b|\bno car\b.*\blicen[cs]e\b")


def driving(question: Question, doc: Doc) -> Any:
    """Whether anyone at home drives: one who does is enough."""
    text = doc.text
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    if re.match(r"(?:it'?s )?(?:only|just) (?:me|him|her|i|my \w+|the \w+)\b(?! bus)", text) or re.search(
        r"\bdo (?:taxis|"
        r"deliveries) for\b",
        text,
    ):
        return "yes" if not re.search(r"\b(?:bus|learning|lessons|provisional|walk|train)\b", text) else ASK_AGAIN
    said = polarity(doc)
    another = re.search(r"\b(?:husband|wife|partner|he|she) (?:does|drives|has|can)\b", text)
    if NOW_AND_THEN.search(text) or (LICENCE_ONLY.search(text) and not another):
        return _now_and_then(text, said)
    learned = NEVER_LEARNT.sub(" ", text)
    rest = NO_DRIVING.sub(" ", learned)
    learns = LEARNING.search(learned) and not re.search(
        r"\bpassed (?:my|his|her|the) (?:driving )?test\b|\bpassed (?:it|last|in|"
        r"first)\b",
        text,
    )
    somebody = DRIVES.search(
        LEARNING.sub(
            " ",
            re.sub(
                r"\b(?:passed (?:my |his |her |the )?theory|theory (?:test )?(?:is )?passed|"
                r"learner drivers?|learning to drive|driving lessons?)\b",
                " ",
                rest,
            ),
        )
    )
    no = NO_DRIVING.search(text) or NEVER_LEARNT.search(text)
    if (
        somebody
        and (not no or re.search(r"\b(?:but|though|although|only|just|and|apart|except)\b|,", text))
        and polarity(doc) is not False
    ):
        return "yes"
    if somebody and no and HOWEVER.search(text):
        return "yes"
    if learns and not re.search(r"\b(?:son|daughter|lad|girl) is only\b", text):
        return "learning"
    if no:
        return ASK_AGAIN if polarity(doc) is True or somebody else "no"
    if wavers(doc):
        return None
    return yes_or_no(question, doc)


def _now_and_then(text: str, said: bool | None) -> Any:
    if said is None or (said and "moped" in text):
        return ASK_AGAIN
    if said:
        return "yes"
    return ASK_AGAIN if HOWEVER.search(text) else "no"
