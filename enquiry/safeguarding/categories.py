"""Disclosure categories: what is said, who is told and how soon, read from data/safeguarding.yml.

The file also holds the patterns and examples by which a disclosure is recognised; those are the assistant's business
and are only checked for presence here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from enquiry.datafiles.source import BrokenFile, Source, Step, did_you_mean, open_yaml
from enquiry.enums import Role


class BrokenSafeguarding(BrokenFile):
    """The safeguarding file can't be used; the text names file, line, category and remedy."""


class Urgency(StrEnum):
    """How soon staff act on a disclosure. The levels are agreed with the safeguarding lead; no regulation fixes them."""

    NOW = "now"
    SAME_WORKING_DAY = "same_working_day"
    NEXT_WORKING_DAY = "next_working_day"
    ROUTINE = "routine"


class KeepsWords(StrEnum):
    """Whether what was typed stays in the transcript. Offences and health are kept by nobody who need not act on the words
    (UK GDPR, articles 5(1)(c), 9 and 10); where somebody may be in danger, staff need them."""

    ALWAYS = "always"
    NOT_AT_PRIVATE_QUESTIONS = "not_at_private_questions"
    NEVER = "never"


CATEGORY_IDS = frozenset(
    {
        "child_immediate_danger",
        "worried_about_child",
        "user_is_child",
        "child_in_care_unhappy",
        "allegation_carer_or_worker",
        "enquirer_may_harm",
        "enquirer_under_investigation",
        "offence_details_typed",
        "enquirer_past_abuse",
        "suicidal_or_self_harm",
        "domestic_abuse",
        "parent_needs_help",
        "kinship_crisis",
        "private_fostering_now",
        "looking_for_someone",
        "adult_at_risk",
        "threat_to_staff",
        "distress_or_bereavement",
    }
)
FILE_KEYS = frozenset({"closing", "words", "spellings", "categories", "near_misses"})
CATEGORY_KEYS = frozenset(
    {
        "title",
        "rank",
        "urgency",
        "alert",
        "stops_enquiry",
        "stops_collecting",
        "pauses_messages",
        "says",
        "closing",
        "numbers",
        "patterns",
        "examples",
    }
)
OPTIONAL_KEYS = frozenset({"afterwards", "keeps_words"})
NOT_KEPT = "not_kept"  # the closing paragraphs where the words are not kept
PATTERN_KEYS = frozenset({"always", "not_in_questions", "not_of_the_past"})


@dataclass(frozen=True)
class PhoneNumber:
    """A number to ring, shown as a link that dials. `number` may be a placeholder of the agency."""

    label: str
    number: str


@dataclass(frozen=True)
class Category:
    """One kind of disclosure, and what follows from it."""

    id: str
    title: str
    rank: int  # 1 is the most urgent
    urgency: Urgency
    alert: frozenset[Role]  # who is told, and who alone may read it
    stops_enquiry: bool
    stops_collecting: bool
    pauses_messages: bool
    says: tuple[str, ...]  # paragraphs in order, the closing ones included; placeholders not yet filled
    numbers: tuple[PhoneNumber, ...]
    afterwards: str | None  # the only thing said to whatever follows, but for another disclosure
    keeps_words: KeepsWords
    says_not_kept: tuple[str, ...]  # said instead of `says` where the words are not kept

    def keeps(self, at_private_question: bool) -> bool:
        """Whether the words by which it was told stay in the transcript."""
        return self.keeps_words is KeepsWords.ALWAYS or (
            self.keeps_words is not KeepsWords.NEVER and not at_private_question
        )


def load_categories(path: Path) -> dict[str, Category]:
    """Read and check every category.

    Args:
        path: data/safeguarding.yml.
    Returns:
        the categories by id, the most urgent first.
    Raises:
        BrokenSafeguarding: something is missing, unknown or said twice.
        OSError: the file can't be read.
    """
    try:
        source = open_yaml(path)
    except BrokenFile as error:
        raise BrokenSafeguarding(*error.problems) from error
    raw = source.value
    if not isinstance(raw, dict) or set(raw) != FILE_KEYS:
        wrong = sorted(set(raw if isinstance(raw, dict) else ()) - FILE_KEYS)
        parts = f"the parts must be exactly {', '.join(sorted(FILE_KEYS))}."
        raise BrokenSafeguarding(
            source.problem(parts + (f" Put right {', '.join(wrong)}." if wrong else ""), *wrong[:1])
        )
    entries: Mapping[str, Any] = raw["categories"]
    if not isinstance(entries, dict) or set(entries) != CATEGORY_IDS:
        ids = set(entries) if isinstance(entries, dict) else set()
        unknown, missing = sorted(ids - CATEGORY_IDS), sorted(CATEGORY_IDS - ids)
        remedy = did_you_mean(unknown[0], missing, "Take it out.") if unknown else "Write what is missing."
        text = f"these categories are unknown or missing: {', '.join([*unknown, *missing])}. {remedy}"
        raise BrokenSafeguarding(source.problem(text, "categories", *unknown[:1]))
    found = [_read_category(source, name, entry, raw["closing"]) for name, entry in entries.items()]
    ranks: dict[int, str] = {}
    for category in found:
        if category.rank not in range(1, len(found) + 1) or ranks.setdefault(category.rank, category.id) != category.id:
            other = ranks.get(category.rank)
            text = f"{category.id}: the ranks must be 1 to {len(found)}, each once; {category.rank} is not"
            text += f", it is the rank of {other} too." if other else "."
            raise BrokenSafeguarding(source.problem(text, "categories", category.id, "rank"))
    return {category.id: category for category in sorted(found, key=lambda category: category.rank)}


def most_urgent(categories: Mapping[str, Category], ids: list[str]) -> Category:
    """The category answered when a message, or a conversation, fits several: when in doubt the more urgent one."""
    return min((categories[name] for name in ids), key=lambda category: category.rank)


def _read_category(source: Source, name: str, entry: Mapping[str, Any], closing: Mapping[str, list[str]]) -> Category:
    try:
        return _category(source, name, entry, closing)
    except (TypeError, AttributeError, KeyError) as error:
        text = f"{name}: this can't be read ({error}). Compare it with the category above."
        raise BrokenSafeguarding(source.problem(text, "categories", name)) from error


def _category(source: Source, name: str, entry: Mapping[str, Any], closing: Mapping[str, list[str]]) -> Category:
    def broken(remedy: str, *keys: Step) -> BrokenSafeguarding:
        return BrokenSafeguarding(source.problem(f"{name}: {remedy}", "categories", name, *keys))

    if set(entry) - OPTIONAL_KEYS != CATEGORY_KEYS:
        unknown = sorted(set(entry) - OPTIONAL_KEYS - CATEGORY_KEYS)
        missing = sorted(CATEGORY_KEYS - set(entry))
        remedy = (
            did_you_mean(unknown[0], [*missing, *OPTIONAL_KEYS], "Take it out.")
            if unknown
            else "Write what is missing."
        )
        raise broken(f"these keys are unknown or missing: {', '.join([*unknown, *missing])}. {remedy}", *unknown[:1])
    if not entry["says"]:
        raise broken("`says` needs at least one paragraph.", "says")
    if NOT_KEPT not in closing:
        raise BrokenSafeguarding(
            source.problem(f"`closing` lacks `{NOT_KEPT}`. Write what is said where words are not kept.", "closing")
        )
    if entry["closing"] not in closing:
        raise broken(f"`closing` must be one of {', '.join(closing)}.", "closing")
    if not entry["numbers"]:
        raise broken("`numbers` needs at least one number: a link alone is not enough.", "numbers")
    if not set(entry["patterns"]) <= PATTERN_KEYS:
        raise broken(f"`patterns` may hold {', '.join(sorted(PATTERN_KEYS))} only.", "patterns")
    for flag in ("stops_enquiry", "stops_collecting", "pauses_messages"):
        if not isinstance(entry[flag], bool):
            raise broken("`stops_enquiry`, `stops_collecting` and `pauses_messages` are true or false.", flag)
    if entry.get("keeps_words", KeepsWords.ALWAYS) not in set(KeepsWords):
        raise broken(f"`keeps_words` is {entry['keeps_words']!r}. Write {', '.join(KeepsWords)}.", "keeps_words")
    for text in [*entry["says"], *closing[entry["closing"]], *closing[NOT_KEPT], entry.get("afterwards") or ""]:
        # YAML reads an unquoted "all the same: ring" as a key and its value.
        if not isinstance(text, str):
            raise broken(f"this is not plain text, put it between quotation marks: {text}", "says")
    for at, number in enumerate(entry["numbers"]):
        # YAML would read an unquoted 0800 1111 as text but 0116 as a number, and drop its zero.
        if set(number) != {"label", "number"} or not isinstance(number["number"], str) or not number["number"].strip():
            raise broken(
                'every number needs a label and a number, in quotation marks: {label: Emergency, number: "999"}.',
                "numbers",
                at,
            )
    if not isinstance(entry["rank"], int):
        raise broken("`rank` is a whole number, 1 for the most urgent.", "rank")
    if entry["urgency"] not in set(Urgency):
        remedy = did_you_mean(str(entry["urgency"]), list(Urgency), f"There are {', '.join(Urgency)}.")
        raise broken(f"`urgency` is {entry['urgency']!r}, which is not one. {remedy}", "urgency")
    for role in entry["alert"]:
        if role not in set(Role):
            remedy = did_you_mean(str(role), list(Role), f"There are {', '.join(Role)}.")
            raise broken(f"`alert` names {role!r}, which is no role. {remedy}", "alert")
    if not entry["alert"]:
        raise broken("`alert` needs at least one role.", "alert")
    return Category(
        id=name,
        title=str(entry["title"]),
        rank=entry["rank"],
        urgency=Urgency(entry["urgency"]),
        alert=frozenset(Role(role) for role in entry["alert"]),
        stops_enquiry=entry["stops_enquiry"],
        stops_collecting=entry["stops_collecting"],
        pauses_messages=entry["pauses_messages"],
        says=tuple(" ".join(text.split()) for text in [*entry["says"], *closing[entry["closing"]]]),
        numbers=tuple(PhoneNumber(number["label"], number["number"]) for number in entry["numbers"]),
        afterwards=" ".join(entry["afterwards"].split()) if entry.get("afterwards") else None,
        keeps_words=KeepsWords(entry.get("keeps_words", KeepsWords.ALWAYS)),
        says_not_kept=tuple(" ".join(text.split()) for text in [*entry["says"], *closing[NOT_KEPT]]),
    )
