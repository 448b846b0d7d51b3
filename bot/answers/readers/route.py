"""Answers about what someone came for and what they did before: the route, earlier applications, fostering now, adoption."""

from __future__ import annotations

import re
from re import Pattern
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc

from bot.answers.prefers_to_talk import talks_instead
from bot.answers.yes_no import ASK_AGAIN, HOWEVER, NEGATED
from bot.text.numbers import N, number_in
from bot.text.polarity import UNSURE, polarity
from bot.text.questions import is_question

if TYPE_CHECKING:
    from bot.answers.question import Question

KIN = (
    r"(?:grand ?(?:child(?:ren)?|kids?|sons?|daughters?|babies|baby)|nephews?|nieces?|great[- ]nephew|great[- ]niece|"
    r"(?:little |baby |half )(?:brothers?|sisters?)|god ?(?:child|son|daughter)|cousins?|step ?(?:son|daughter)|"
    r"(?:brother|sister|friend|cousin|mate|daughter|son|neighbour|aunt|auntie|ex|partner)'?s'? (?:\w+ ){0,2}(?:kids?|children|"
    r"child|boys?|girls?|lad|lads|baby|babies|son|daughter|little (?:one|ones|boy|girl)|two|three|eldest|youngest))"
)
ROUTES: dict[str, Pattern[str]] = {
    "look_after_child_i_know": re.compile(
        rf"\b(?:{KIN}|kinship|connected (?:person|carer)|special guardian\w*|sgo|a (?:child|kid|boy|girl|lad) (?:i|we|"
        rf"my \w+) (?:already )?know\w*|family member'?s?|(?:granddad|grandad|nan|gran|grandma|auntie|aunt|uncle) (?:to|of|"
        rf"and (?:i )?want))\b"
    ),
    "transfer": re.compile(
        r"\b(?:transfer\w*|switch\w*|mov(?:e|ing) (?:from|over|across|agenc\w+|to (?:you|the council))|chang(?:e|ing) (?:agenc\w+|"
        r"services?|fostering|councils?|from)|(?:already|currently|existing|current|approved) (?:\w+ ){0,2}(?:foster\w*|carers?)|"
        r"(?:i|we) (?:already |currently )?foster "
        r"(?:with|for|now|already)|(?:we'?re|i'?m|we are|i am) (?:already |currently )?(?:approved|foster carers?|fostering|"
        r"a foster carer|carers)|another (?:agency|council|service|authority|fostering)|leav(?:e|ing) (?:my|our) (?:agency|ifa)|"
        r"my ifa|our ifa|been fostering (?:since|for)|approved elsewhere|bring (?:my|our) approval|"
        r"(?:come|coming|jump) (?:over|across|ship)|fostering .{0,20}(?:for|with) (?:an? )?(?:\w+ )?(?:agency|ifa|council))\b"
    ),
    "short_breaks": re.compile(
        r"\b(?:short[- ]?(?:breaks?|stays?)|respite|weekends?(?: only| a month)?|disab\w+|additional needs|"
        r"special needs|now and (?:again|then) for|once a month for parents|overnight breaks?|give (?:\w+ ){0,2}(?:parents|"
        r"families|mums?) a (?:break|rest))\b"
    ),
    "supported_lodgings": re.compile(
        r"\b(?:supported lodging\w*|lodgings?|care leavers?|leaving care|(?:host|put up|take in|"
        r"room (?:for|to)) (?:a |an |to )?(?:\w+ ){0,2}(?:young (?:person|people|adult)|1[678]|teen\w*|sixteen|seventeen|"
        r"eighteen)|become independent|landlady)\b"
    ),
    "independent_visitor": re.compile(
        r"\b(?:independ[ae]nt visit\w*|somebody'?s visitor|befriend\w*|mentor\w*|spend time with|see a (?:child|kid)|"
        r"visit(?:or)? (?:for|to|a|kids|"
        r"children|someone in)|"
        r"be a visitor|(?:take|taking) (?:a |them |one )?(?:\w+ )?(?:child|kid|young person|kids|children|"
        r"them)? ?(?:\w+ ){0,2}out\b|days? out|"
        r"no overnights?|volunteer\w*|(?:be |a )friend (?:to|for))\b"
    ),
    "adoption": re.compile(
        r"\b(?:ad+opt\w*|(?:ours|yours|mine) (?:for good|for ever|forever)|becomes ours|our surname|for keeps|"
        r"forever child|birth certificate|"
        r"legal(?:ly)? (?:parents?|mum|dad)|legally (?:ours|mine)|forever famil\w+|forever home|permanent(?:ly)? (?:ours|mine|"
        r"parents?))\b"
    ),
}
SOMETHING_ELSE = re.compile(
    r"\b(?:complain\w*|complaint|a job|jobs?\b|vacanc\w+|press|journalist|reporter|student|essay|dissertation|school project|"
    r"homework|none of (?:these|those|them|the above)|something (?:else|different)|other\b$|council tax|donat\w*|"
    r"freedom of information|foi|"
    r"records|my (?:own )?(?:kids?|child|children|son|daughter)(?:'s| is| are| were| was)? (?:in care|taken)|worried about|"
    r"report (?:a|some|my)|in care myself|i was in care|supplier|housing|refugee|ukrain\w*|different reason)\b"
)
JUST_INFO = re.compile(
    r"\b(?:info\w*|just (?:looking|having|browsing|want to know|curious|asking|reading|seeing|checking)|brows\w*|nosey|nosy|"
    r"curious|read(?:ing)? (?:up|about)|find(?:ing)? out|learn more|leaflet|brochure|see what|questions?|have a look|"
    r"look(?:ing)? (?:around|into it)|"
    r"research\w*|know more|no plans|early days|not ready|before (?:i|we) decide|how it works|what it involves|what'?s involved)\b"
)
FOSTERING = re.compile(
    r"\b(?:foster\w*|become a carer|be a carer|sign up|apply|get started|start\b|ready to (?:start|go|apply)|new carer|(?:give|"
    r"offer) (?:a|some|kids?|children) (?:\w+ )*(?:home|stability|love)|take (?:in )?(?:\w+ )?(?:kids|children)|open (?:my|"
    r"our) home|carers?)\b"
)


def route(question: Question, doc: Doc) -> Any:
    """What someone would like to do. A named child comes first: that is never to be slowed by a form."""
    text = doc.text
    if is_question(doc) and not re.search(
        r"\b(?:just info\w*|i'?m|i am|we'?re|i want|we want|i'?d (?:like|love)|interested)\b", text
    ):
        return ASK_AGAIN
    text = re.sub(
        r"\b(?:not|rather than|instead of|don'?t want to|no|never)\b (?:\w+ )?(?:adopt\w*|foster\w*|transfer\w*|"
        r"volunteer\w*)",
        " ",
        text,
    )
    if SOMETHING_ELSE.search(text) and not re.search(
        r"\bfoster(?:ing)? (?:a|as a) job\b|\bwith my job\b|\bmy job\b", text
    ):
        return "something_else"
    found = [name for name, pattern in ROUTES.items() if pattern.search(text)]
    if "look_after_child_i_know" in found and not re.search(
        r"\b(?:raised|brought up|experience|have \d? ?grand)\b", text
    ):
        return "look_after_child_i_know"
    if len(found) > 1:
        if set(found) == {"short_breaks", "transfer"} and "respite" in text:
            return "transfer"
        if set(found) == {"short_breaks", "independent_visitor"} and re.search(
            r"\bno overnights?\b|\bbefriend\w*\b", text
        ):
            return "independent_visitor"
        return ASK_AGAIN
    if found:
        return found[0]
    if JUST_INFO.search(text) and not re.search(r"(?<!not )\bready to\b|\bsign up\b", text):
        return "information_only" if not re.search(r"\blooking into\b", text) else None
    if re.search(r"\b(?:neighbour|friend|sister|mum|mate|cousin|aunt|auntie)s? (?:is|are|was|were|does)\b", text):
        return ASK_AGAIN
    if FOSTERING.search(text) and not UNSURE.search(text):
        return "foster_new" if not NEGATED.search(text) else None
    return ASK_AGAIN if polarity(doc) is not None else None


NOT_APPROVED = re.compile(
    r"\b(?:(?:not|n'?t|never|weren'?t|wasn'?t|werent|wasnt|didn'?t|didnt) (?:\w+ ){0,3}(?:approved|accepted|through|success\w*|"
    r"pass(?:ed)?|past|make it|got through|get in)|turned (?:\w+ )?(?:down|away)|knocked (?:\w+ )?back|refus\w*|declin\w*|"
    r"reject\w*|unsuccessful|"
    r"said no|told no|a no\b|got a no|said we (?:couldn'?t|can'?t)|fell at|not suitable|unsuitable|ruled (?:us|me) out|failed|"
    r"no from panel|decided against us|closed our case)\b"
)
WITHDREW = re.compile(
    r"\b(?:withdr\w*|pull(?:ed)? out|dropped out|stopped|changed (?:our|my|his|her) minds?|backed out|(?:didn'?t|didnt|never|"
    r"did not) (?:\w+ )?(?:finish\w*|carr(?:y|ied) on|go (?:through|ahead|any further|further)|went (?:through|ahead)|complet\w*|"
    r"continue|follow\w*|see it through|pursue\w*|get (?:round|far))|half ?way|part ?way|"
    r"paused|put it on hold|left the process|called it off|gave up|life got in|decided (?:it|not to|against it)|(?:not|"
    r"n'?t) the right time|abandon\w*|cancelled|bailed|quit)\b"
)
APPROVED = re.compile(
    r"\b(?:(?:they|panel|who) said yes|approved|signed off|accepted|passed|got through|went through (?:panel|and)|we adopted|i adopted|"
    r"we'?ve adopted|have adopted|"
    r"adopted (?:our|my|two|a|one|three|in|both|him|her)|was (?:a |an )?(?:\w+ ){0,2}(?:foster (?:carer|parent|mum|dad)|"
    r"child ?minder|carer)|were (?:\w+ ){0,2}(?:foster (?:carers|parents)|child ?minders|carers)|used to (?:be a (?:foster|child)|"
    r"foster|child ?mind|be foster)|"
    r"been (?:a |an )?(?:\w+ )?(?:foster carers?|child ?minders?|approved)|registered child ?minders?|(?:am|i'?m) a child ?minder|"
    r"(?:i|we) fostered|fostered (?:for|in|before|with)|child ?minded|adoptive (?:parents|mum|dad)|got approval)\b"
)
FIRST_TIME = re.compile(
    r"\b(?:first (?:time|go|one|attempt|try)|(?:our|a|my) first|brand new|new to|newb\w*|never|not before|neither)\b"
)
ANOTHER_PERSON = re.compile(
    r"\b(?:sister|brother|mum|mam|mother|dad|father|parents|nan|gran|cousin|friend|mate|aunt|auntie|uncle|"
    r"neighbour|daughter|son)s?\b(?! lives| who lives)"
)


def earlier_application(question: Question, doc: Doc) -> Any:
    """Whether someone applied before and how it ended. The reasons are not asked."""
    text, said = doc.text, polarity(doc)
    if talks_instead(text):
        return "prefer_to_talk"
    if is_question(doc) or UNSURE.search(text):
        return ASK_AGAIN
    if ANOTHER_PERSON.search(text) and not re.search(r"\b(?:i|we|us|me|our|both)\b", text):
        return ASK_AGAIN
    refused = NOT_APPROVED.search(text)
    rest = NOT_APPROVED.sub(" ", text)
    withdrew, approved = WITHDREW.search(rest), APPROVED.search(WITHDREW.sub(" ", rest))
    if re.search(r"\bonly (?:ever )?(?:thought|looked|enquired)\b", text) and said is False:
        return "no"
    if re.match(r"(?:no|never|nope|nah)\b", text) and not (refused or withdrew or (approved and HOWEVER.search(text))):
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    if refused:
        return (
            "yes_not_approved"
            if not withdrew
            and not re.search(
                r"\b(?:then|later|after|second time|"
                r"eventually)\b.*\b(?:approved|passed|through)\b",
                text,
            )
            else ASK_AGAIN
        )
    if withdrew and approved:
        return ASK_AGAIN
    if withdrew:
        return "yes_withdrew"
    if approved:
        return "yes_approved" if not re.search(r"\b(?:waiting|not been|being)\b", text) else ASK_AGAIN
    if FIRST_TIME.search(text) or said is False:
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    return ASK_AGAIN if said else None


CARES_OTHERWISE = re.compile(
    r"\b(?:care (?:worker|assistant|home)|health ?care|support worker|carer for (?:my|the|an)|"
    r"care for (?:my|the|an)|carer (?:to|of) my|home carer|dom\w* care|unpaid carer|carers? allowance|childminder|kinship)\b"
)
PAST = re.compile(
    r"\b(?:stopped|left|resigned|gave (?:it |fostering )?up|finished|ended|deregistered|until|till|til|came off|"
    r"retired|packed (?:it )?in|used to|was\b|were\b|did\b|had\b|fostered|handed in|since we|quit|last placement)\b"
)
RECENT = re.compile(
    rf"\b(?:this (?:year|january|february|march|april|may|june|july|spring|summer|autumn|month|week)|(?:\w+|{N}) (?:weeks?|"
    rf"months?) (?:ago|back|since)|(?:last|past) (?:month|week|few months|couple of months|6 months|six months)|few months|"
    rf"couple of months|recent\w*|just (?:left|stopped|resigned|finished|given up|retired|come off|handed)|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november)|(?:in )?the (?:spring|summer|autumn)|"
    r"last (?:spring|summer))\b"
)
LONG_AGO = re.compile(
    r"\b(?:years? (?:ago|back|since)|ages (?:ago|back)|(?:a )?long (?:time|while)(?: ago| back| since)?|long since|"
    r"back in (?:the|19|20[01])|in the (?:19)?\d0'?s|(?:seventies|eighties|nineties|noughties)|decades?|before (?:covid|lockdown|"
    r"the pandemic)|"
    r"(?:in|till?|until|around|about|since) (?:19\d\d|20[01]\d|202[0-3])|when (?:my|our|the) (?:\w+ )?(?:kids|children|boys|girls|"
    r"own)|in my (?:twenties|thirties|forties|20'?s|30'?s|40'?s)|once upon|previous life|yonks|donkey'?s)\b"
)
NOW = re.compile(
    r"\b(?:currently|presently|at the (?:moment|minute)|at present|still|right now|now\b(?! and)|(?:i|we) foster\b|(?:i'?m|im|"
    r"i am|we'?re|we are) (?:a |an |already |both )?(?:\w+ ){0,2}(?:foster\w*|carers?|approved|registered)|in placement|(?:placed|"
    r"living) with (?:me|us)|(?:with|for) (?:an? )?(?:\w+ )?(?:agency|ifa|barnardo'?s|council|fca)|approved carers?|"
    r"(?:have|got|'ve) (?:\w+ ){0,3}(?:placed|placements?|foster (?:child\w*|kids|placement))|since (?:20\d\d)|been (?:one|"
    r"a (?:foster )?carer|fostering) (?:for|since)|years now|i am|we are|existing|approved (?:with|by|for))\b"
)


def carer_now(question: Question, doc: Doc) -> Any:
    """Whether someone fosters now, or did in the last twelve months."""
    text, said = doc.text, polarity(doc)
    if is_question(doc) or UNSURE.search(text) or CARES_OTHERWISE.search(text):
        return ASK_AGAIN
    if ANOTHER_PERSON.search(text) and not re.search(r"\b(?:i|we|us|i'?m|i'?ve|we'?ve|me)\b", text):
        return ASK_AGAIN
    if (
        re.search(
            r"\b(?:no|never|not|nope|nah|haven'?t|havent)\b.*\b(?:ever|never|been|one|carer|fostered|"
            r"before)\b",
            text,
        )
        and not HOWEVER.search(text)
        and not (LONG_AGO.search(text) or RECENT.search(text))
    ):
        return "no" if not re.search(r"\b(?:any ?more|now|currently|for)\b", text) else ASK_AGAIN
    if re.search(r"\b(?:not|haven'?t|havent|no)\b.*\bsince (?:19\d\d|20[01]\d|202[0-3])\b", text):
        return "longer_ago"
    since = re.search(rf"\b{N} months? (?:ago|back|since)\b", text)
    past = PAST.search(text)
    if since:
        return (
            "last_12_months"
            if number_in(since.group(1)) < 12
            else (ASK_AGAIN if number_in(since.group(1)) == 12 else "longer_ago")
        )
    if re.search(r"\b(?:a|one|1|about a|over a|nearly a|last) year(?: ago| back)?\b", text) and past:
        return ASK_AGAIN
    if (
        LONG_AGO.search(text)
        and not re.search(r"\bsince (?:19|20)\d\d\b", text)
        and not re.search(r"\b(?:still|currently)\b", text)
    ):
        return ASK_AGAIN if RECENT.search(re.sub(r"\bin (?:may|march)\b", " ", text)) else "longer_ago"
    if RECENT.search(text) and past:
        return "last_12_months" if not re.search(r"\b(?:started|joined|approved in|became)\b", text) else ASK_AGAIN
    if past and not re.search(r"\bstill\b", text):
        return ASK_AGAIN if said is not False else (ASK_AGAIN if HOWEVER.search(text) else "no")
    if said is False:
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    if NOW.search(text) and not re.search(r"\bnot\b(?! (?:\w+ )?(?:placement|child))", text):
        return "now"
    return ASK_AGAIN if said else None


APPLYING = re.compile(
    r"\b(?:applied|applying|application|stage (?:one|two|1|2)|approved adopters?|in the (?:process|middle)|under ?way|"
    r"going through (?:it|the|with)|(?:adoption )?panel|(?:being )?assess\w*|waiting (?:to be |for a |for )match\w*|matched|"
    r"matching|prep(?:aration)? (?:course|group|training)|adoption (?:agency|social worker|course|training)|signed up|"
    r"already (?:started|doing|with|in|on)|started (?:the|our|it)|family adoption links|currently adopting|we'?re adopting|"
    r"adopting (?:now|at the))\b"
)
THINKING = re.compile(
    r"\b(?:think|thinking|thought about|consider\w*|maybe|possibly|perhaps|might|one day|some ?day|looked into|looking into|torn|"
    r"both|weigh\w*|open to|not ruled|haven'?t ruled|undecided|in (?:the )?future|option|cross(?:ed|es) (?:our|my) minds?|"
    r"wonder(?:ed|ing)|toying|not decided|haven'?t decided|not yet|"
    r"down the line|talked about|on the cards|back of (?:my|our) mind|either|would like to|potentially|in time|eventually|later on)\b"
)
NOT_ADOPTING = re.compile(
    r"\b(?:not on the cards|(?:just|only|purely|solely|definitely) (?:want(?:ed)? to |want |to |interested in )?foster\w*|"
    r"foster\w* (?:only|"
    r"is (?:all|enough|what))|not (?:for (?:us|"
    r"me)|(?:\w+ )?interested|adopting|adoption|at all|thinking|considering)|no (?:interest|plans|desire|thanks)|"
    r"(?<!n't )(?<!nt )(?<!not )ruled (?:it|that) out|don'?t want to adopt|dont want to adopt|never (?:thought|considered|wanted|"
    r"crossed)|rather foster|decided against|"
    r"wouldn'?t|too old to adopt|hasn'?t crossed|prefer (?:to )?foster\w*|not something)\b"
)


def adoption_interest(question: Question, doc: Doc) -> Any:
    """Whether someone also adopts, or thinks about it. A "maybe" is the answer "thinking" here."""
    text, said = doc.text, polarity(doc)
    if (is_question(doc) and "wondering about" not in text) or re.search(
        r"\b(?:adopted (?:before|already|our|my|years)|"
        r"already adopted|was adopted|i'?m adopted|is adopted|we'?ve adopted|ivf)\b",
        text,
    ):
        return (
            ASK_AGAIN
            if not (
                said is False
                and not is_question(doc)
                and re.search(
                    r"\badopted (?:before|already|our|"
                    r"my)",
                    text,
                )
                is None
            )
            else "no"
        )
    if APPLYING.search(text) and not re.search(
        r"\b(?:not|n'?t|never|haven'?t|yet to|no|might|thinking|about|before|years ago|"
        r"once|stopped|withdr\w*|used to)\b",
        text,
    ):
        return "applying_now"
    if NOT_ADOPTING.search(text):
        return "no" if not re.search(r"\b(?:maybe|might|yet|one day|but|not ruled)\b", text) else None
    if THINKING.search(text):
        return (
            "thinking" if not APPLYING.search(text) or re.search(r"\b(?:not|n'?t|haven'?t|yet)\b", text) else ASK_AGAIN
        )
    if APPLYING.search(text):
        return ASK_AGAIN
    if said is False:
        return "no" if not HOWEVER.search(text) else ASK_AGAIN
    return ASK_AGAIN if said else None
