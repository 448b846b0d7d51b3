"""Facts about one message, gathered once, that the rules of the decision look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from bot.afterwards.denials import says_so, tells_something
from bot.answers.question import CONFIRMED
from bot.decision.after import THREAT, After, Certainty
from bot.intents.thresholds import OFFERED, Thresholds, is_ahead
from bot.text.preferences import wants_a_person
from bot.text.questions import is_question
from bot.text.script import in_other_letters

OUT_OF_SCOPE = "out_of_scope"  # the labels of what is not about fostering begin with it: "out_of_scope:insult"
PREFERS = re.compile(r"\b(?:rather|prefer)\b")
# A statement that chooses a time rather than asks about one: "Thursday at 1.30pm", "the second one", "after 6".
NAMES_A_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|tues?|weds?|thurs?|fri)\b|\b(?:next|this|following) (?:week|month)\b"
    r"|\b(?:week(?:day|end)|morning|afternoon|evening|lunch\w*|night|any time)s?\b|\bweek after\b|\bhalf past\b|\bnew year\b"
    r"|\b(?:first|second|third|last|earliest|soonest|asap|today|tomorrow|fortnight|noon|midday|christmas)\b|\d"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
)
# A statement at a question must sound this much like a topic or command to be taken for one rather than asked about again;
# where nearly any text is an answer (a name, a time) it takes as much.
STATEMENT_SURE = 0.5
# What begins or ends something is done where it is meant, not where nothing else is likelier.
BEGINS = ("start_screening", "book_event", "change_booking", "send_link", "stop", "forget_me", "start_again")
BEGINS_SURE = 0.42
# What a parent or a child asks about their own life is answered in words for them. That they are one is no news to anybody.
ASKED_ABOUT_THEMSELVES = {
    "parent": ("enquirer_under_investigation", "parent_needs_help"),
    "child": ("user_is_child",),
}
# "Nobody is in danger, I only want to know": on the trained part's word alone that tells of no danger.
DENIES_DANGER = re.compile(
    r"\b(?:nobody|no ?-?one)(?:'s|s| is| was)? (?:being |getting )?(?:in (?:any )?danger|hurt\w*|harm\w*|at risk|hit\w*|abus\w*)\b"
    r"|\b(?:he|she|they|everyone|everybody)(?:'s|'re|s| is| are) (?:all )?(?:perfectly |quite |absolutely )?(?:safe|fine)\b"
)
# What the trained part alone hears, and not louder than this, gives way to what is surely not about fostering.
QUIET_DISCLOSURE = 0.65
# Nor is it heard below this in what is surely a command or small talk, unless somebody's life may hang on it: "stop there for tonight".
QUIET_IN_A_COMMAND = 0.8
LIFE = ("suicidal_or_self_harm", "child_immediate_danger", "domestic_abuse", "user_is_child", "child_in_care_unhappy")
QUIET_THREAT = 0.5  # threats are told: "what will happen next" asks
# Below these the trained part alone is not heard in what is surely a topic: where it is a topic itself, such as kinship; in a question;
# and in any other message.
QUIET_ON_A_TOPIC = 0.39
QUIET_IN_A_QUESTION = 0.39
QUIET_BESIDE_A_TOPIC = 0.29
# Questions whether somebody is sure of what they wish; the answer is no answer of the screening.
MOST_ANSWERS = 3  # to a message with several questions
# What may be wished for in a part of a message that says something else as well, and how sure that part must be of it.
WISHES = ("handoff", "book_event", "start_screening", "change_booking", "send_link", "stop", "forget_me")
WISH_SURE = 0.5

# A topic, and the part of it that is asked for, if one is.
AskedFor = tuple[str, str | None]
Guesses = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Heard:
    """The facts about one message.

    Of the classifier: the best `label`, its `confidence`, whether it is `ahead` of the second and high enough to be acted on, and the
    `part` of a topic that is asked for, if one is; the topics that may be offered (`candidates`), those that the questions of the message
    ask for (`questions`), and a command that stands in a part of it (`wish`). A topic's label has a slash in it, a command's none.
    Of the question being asked, if one is: the `value` the message gives, whether it is a button's text to the letter (`exact`), and
    whether it `corrects` the answer before, or stands `beside` a question. `asked_again` says that a name is asked for once more;
    `confirms`, that the question is whether they are sure. `plain` is what the message plainly wishes of the conversation itself.
    `disclosed` says whether something was disclosed, and how surely. `after` says what was heard since an earlier disclosure, and
    `told_again` that the message discloses the same. `coming` is what it tells of coming to an event (bot/answers/coming.py).
    """

    label: str
    confidence: float
    ahead: bool
    thresholds: Thresholds
    candidates: tuple[dict[str, Any], ...] = ()
    part: str | None = None
    questions: tuple[AskedFor, ...] = ()
    wish: str | None = None
    at_question: bool = False
    open_question: bool = False
    value: Any = None
    exact: bool = False
    corrects: bool = False
    beside: bool = False
    disclosed: Certainty | None = None
    asks: bool = False
    other_letters: bool = False
    asked_again: bool = False
    names_a_time: bool = False
    wants_a_person: bool = False
    prefers: bool = False
    plain: str | None = None
    confirms: bool = False
    after: After | None = None
    told_again: bool = False
    coming: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_topic(self) -> bool:
        """Check whether it sounds like a topic."""
        return "/" in self.label

    @property
    def is_foreign(self) -> bool:
        """Check whether it sounds like nothing that is about fostering."""
        return self.label.startswith(OUT_OF_SCOPE)

    @property
    def is_command(self) -> bool:
        """Check whether it sounds like a command, or like small talk."""
        return not self.is_topic and not self.is_foreign

    @property
    def has_to_do(self) -> bool:
        """Check whether a text has to do for a name: it was asked for once before, and a second "I did not get that" helps nobody."""
        return self.asked_again and self.value is not None

    @property
    def sure(self) -> bool:
        """Check whether the label may be acted on; a statement at a question has to be surer."""
        if self.at_question and not self.asks and (self.open_question or self.is_topic):
            return self.confidence >= STATEMENT_SURE
        return self.ahead and (self.label not in BEGINS or self.confidence >= BEGINS_SURE)


def hear(
    doc: Doc,
    guesses: Guesses,
    thresholds: Thresholds,
    disclosure: Mapping[str, Any] | None,
    reading: Mapping[str, Any] | None,
    *,
    open_question: bool,
    asked_again: bool = False,
    question_guesses: Sequence[Guesses] = (),
    clause_guesses: Sequence[Guesses] = (),
    plain: str | None = None,
    after: After | None = None,
    speaker: str | None = None,
    coming: Mapping[str, Any] | None = None,
) -> Heard:
    """Gather what the components found.

    Args:
        doc: the part of the message that is listened to; nothing where the message as a whole answers the question.
        guesses: the classifier's labels, best first.
        thresholds: when to answer and when to ask back.
        disclosure: what the disclosure detector found.
        reading: how the message answers the question being asked; None where no question is being asked.
        open_question: whether nearly any text would be an answer (a name, a time, one of several dates).
        asked_again: whether a name is asked for the second time, so that nearly any text must do.
        question_guesses: of each question of a message that says several things.
        clause_guesses: of each clause of one.
        plain: what the message plainly wishes of the conversation itself, and nothing beside it.
        after: what was heard since an earlier disclosure; None where there was none.
        speaker: who is writing, an id of data/senders.yml, if that is told.
        coming: what is told of coming to an event.
    """
    label, confidence = _best(guesses)
    # A question may stand in it without being the whole of it: "im 15 and in care, when can i leave".
    asks = is_question(doc) or bool(question_guesses)
    questions = _questions(question_guesses, thresholds)
    answerable = bool(questions) or ("/" in label and is_ahead(guesses, thresholds))
    answered = reading or {}
    return Heard(
        label=label,
        confidence=confidence,
        ahead=is_ahead(guesses, thresholds),
        thresholds=thresholds,
        candidates=_topics(guesses),
        part=guesses[0].get("part") if guesses else None,
        questions=questions,
        wish=_wish(clause_guesses, thresholds),
        at_question=reading is not None,
        open_question=open_question,
        value=answered.get("value"),
        exact=bool(answered.get("exact")),
        corrects=bool(answered.get("corrects")),
        beside=bool(answered.get("beside")),
        disclosed=_weight(
            disclosure,
            foreign=_is_foreign(guesses, thresholds) and answered.get("value") is None,
            themselves=ASKED_ABOUT_THEMSELVES.get(speaker or "", ()) if asks else (),
            denies=_denies(doc.text),
            answerable=answerable,
            asks=asks,
            commands="/" not in label and not label.startswith(OUT_OF_SCOPE) and is_ahead(guesses, thresholds),
        ),
        asks=is_question(doc),
        other_letters=in_other_letters(doc.text),
        asked_again=asked_again,
        names_a_time=NAMES_A_TIME.search(doc.text) is not None,
        wants_a_person=wants_a_person(doc),
        prefers=PREFERS.search(doc.text) is not None,
        plain=plain,
        confirms=answered.get("question") in CONFIRMED,
        after=after and after.as_told(disclosure),
        told_again=bool(after and disclosure and after.category == disclosure["category"]),
        coming=coming or {},
    )


def _best(guesses: Guesses) -> tuple[str, float]:
    return (str(guesses[0]["label"]), float(guesses[0]["confidence"])) if guesses else (OUT_OF_SCOPE, 0.0)


def _topics(guesses: Guesses) -> tuple[dict[str, Any], ...]:
    found = (guess for guess in guesses if "/" in guess["label"])
    offered = ({"topic": one["label"], "part": one.get("part"), "confidence": one["confidence"]} for one in found)
    return tuple(offered)[:OFFERED]


def _questions(question_guesses: Sequence[Guesses], thresholds: Thresholds) -> tuple[AskedFor, ...]:
    """List what the questions of a message ask for, as far as each is sure of itself."""
    sure = [guesses[0] for guesses in question_guesses if is_ahead(guesses, thresholds)]
    asked_for = dict.fromkeys((str(one["label"]), one.get("part")) for one in sure if "/" in one["label"])
    return tuple(asked_for)[:MOST_ANSWERS]


def _wish(clause_guesses: Sequence[Guesses], thresholds: Thresholds) -> str | None:
    """Find the first wish among the clauses of a message."""
    sure = (guesses[0] for guesses in clause_guesses if is_ahead(guesses, thresholds))
    return next((str(one["label"]) for one in sure if one["label"] in WISHES and one["confidence"] >= WISH_SURE), None)


def _is_foreign(guesses: Guesses, thresholds: Thresholds) -> bool:
    """Check whether the message is surely not about fostering."""
    return _best(guesses)[0].startswith(OUT_OF_SCOPE) and is_ahead(guesses, thresholds)


def _denies(text: str) -> bool:
    return DENIES_DANGER.search(text) is not None or (says_so(text) and not tells_something(text))


def _weight(
    disclosure: Mapping[str, Any] | None,
    *,
    foreign: bool,
    themselves: Sequence[str],
    denies: bool,
    answerable: bool,
    asks: bool,
    commands: bool,
) -> Certainty | None:
    """Choose the weight of what was disclosed.

    Args:
        disclosure: what the detector found.
        foreign: the message is surely not about fostering.
        themselves: categories that the person asks about, being a child or a parent.
        denies: it says that nobody is in danger, or that it was not meant that way.
        answerable: it is surely about a topic.
        asks: it asks something. What is a topic as well, such as an old caution, is answered then, and the note stands below.
        commands: it is surely a command or small talk.
    """
    if disclosure is None:
        return None
    alone = disclosure["by"] == "model"
    if alone and disclosure["certainty"] == "faint":
        quiet = (
            (QUIET_DISCLOSURE, foreign),
            (QUIET_ON_A_TOPIC, answerable and disclosure.get("also_a_topic")),
            (QUIET_IN_A_QUESTION, answerable and asks),
            (QUIET_BESIDE_A_TOPIC, answerable),
            (QUIET_THREAT, asks and disclosure["category"] == THREAT),
            (QUIET_IN_A_COMMAND, commands and disclosure["category"] not in LIFE),
        )
        if any(holds and disclosure["confidence"] < height for height, holds in quiet):
            return None
    if disclosure["category"] in themselves or (alone and (denies or foreign)):
        return "faint"
    if disclosure.get("also_a_topic") and answerable and (alone or asks):
        return "faint"
    certainty: Certainty = disclosure["certainty"]
    return certainty
