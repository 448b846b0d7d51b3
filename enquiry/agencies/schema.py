"""Rules for an agency file, and what is said where one is broken: each mistake with its line and its remedy.

Not knowing is no mistake: `null` says so, and what may be left out counts as `null`. A key that is not known is one,
because "phones" beside a missing "phone" would leave people without the number.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from enquiry.agencies import parts
from enquiry.agencies.parts import Districts, Names, Page, Phone, Team, Text
from enquiry.datafiles.mistakes import NO_PARTS, UNKNOWN_KEY, Mistake, Says, fields_of, look_up
from enquiry.datafiles.models import DataFile, Flag, Part, Whole
from enquiry.datafiles.placeholders import placeholders
from enquiry.datafiles.source import Problem, Source, did_you_mean

# Route ids as in data/criteria.yml.
CareType = StrEnum(
    "CareType",
    "mainstream short_term long_term respite emergency short_breaks parent_and_child specialist transfer "
    "supported_lodgings independent_visitor",
)
# To whom somebody is passed on who is no new enquirer, or whose way in is another.
TeamName = StrEnum(
    "TeamName",
    "kinship private_fostering adoption supported_lodgings independent_visitor transfer complaints jobs press records "
    "hosting childrens_rights supervising children_services",
)
NoSpareRoom = Annotated[
    Literal["babies_if_home_full_time", "never"], Says(remedy="Write babies_if_home_full_time or never, or null.")
]
ONE_FACT = (parts.EventPlan, parts.VisitPlan)
NULL_WILL_DO, NULL_WILL_NOT_DO = "Write `null` where it is not known.", "It has to be known."


class Safeguarding(Part):
    """Whom to ring about a child."""

    worried_about_child: Phone | None
    worried_about_child_team: Text | None
    duty: Text | None
    out_of_hours: Phone | None = None
    lado: Phone | None
    childrens_rights: Phone | None = None
    childrens_rights_mobile: Phone | None = None


class PostcodeDistricts(Part):
    """The districts on each side of the boundary, and those that two councils share."""

    in_area: Districts
    border: Districts
    shared: Districts


class Area(Part):
    """Which homes a service looks for. The assistant learns from what is `heard_as` a place."""

    here: Text
    next_door: Text
    in_area: Names
    border: Names
    heard_as: dict[Literal["in_area", "border", "elsewhere"], Names | None] | None = None
    postcode_districts: PostcodeDistricts


class AgencyFile(DataFile):
    """data/agencies/<slug>.yml.

    What has a default may be left out; what has none has to be written, if only as `null` where its type allows that.
    """

    no_keys = "this file does not hold an agency. Begin it with `slug:`; docs/agencies.md says what follows."

    slug: Text
    name: Text
    short_name: Text
    council: Text
    council_website: Page
    address: Text | None = None
    phone: Phone | None
    email: parts.Email | None = None
    phone_hours: Text | None = None
    payments_url: Page | None = None
    privacy_notice_url: Page | None = None
    safeguarding: Safeguarding
    minimum_age: Whole | None
    minimum_age_firm: Flag
    no_spare_room: NoSpareRoom | None
    smoking_policy: Text | None = None
    dogs_policy: Text | None = None
    landlord_permission: Text | None = None
    english: Text | None = None
    experience: Text | None = None
    right_to_work: Text | None = None
    driving: Text | None = None
    needs_most: Text | None = None
    care_types: dict[CareType, Flag | None] | None = None
    area: Area
    reply_within_hours: parts.WorkingHours | None
    working_hours: parts.Week
    bank_holidays: Text
    event_plan: parts.EventPlan | None
    visit_plan: parts.VisitPlan | None
    web_origins: parts.Origins
    teams: dict[TeamName, Team | None] | None = None
    # What a service says of itself in answers to topics. Any name will do here: the topics say which they use.
    says: dict[str, Text | None] = Field(default_factory=dict)

    @classmethod
    def also_wrong(cls, source: Source, found: Self | None) -> Iterator[Problem]:
        """A slug that is not the file's name, misspelt places, and districts on two sides."""
        given = dict(facts_in(source.value))
        if "slug" in given and given["slug"] != source.file.stem:
            yield source.problem(f"its slug is {given['slug']!r}, which should be the file's name.", "slug")
        yield from _unknown_places(source, given)
        yield from _on_two_sides(source, given)

    @classmethod
    def sentence(cls, source: Source, mistake: Mistake) -> str:
        """A mistake by the dotted name of its fact."""
        name = ".".join(step for step in mistake.path if isinstance(step, str))
        if mistake.name == "missing":
            return f"{name} is missing. {NULL_WILL_DO if mistake.may_be_null else NULL_WILL_NOT_DO}"
        if mistake.usual is UNKNOWN_KEY and not mistake.says.remedy:
            near = mistake.near and f"{name.rpartition('.')[0]}.{mistake.near}".removeprefix(".")
            otherwise = f"Take it out, or write it below `{FREE}:` if a text of yours names it."
            return f'"{name}" is not known. {did_you_mean(near or name, FACTS, otherwise)}'
        if mistake.value is None and mistake.usual is not NO_PARTS:
            return f"{name} is `null`. {NULL_WILL_NOT_DO}"
        return f"{name} can't be read: {mistake.remedy[0].lower()}{mistake.remedy[1:]}"


def _fact_names(kind: Any, before: str = "") -> Iterator[str]:
    for name, inside in fields_of(kind).items():
        part = look_up(inside).kind
        if fields_of(part) and part not in ONE_FACT:
            yield from _fact_names(part, f"{before}{name}.")
        elif f"{before}{name}" != FREE:
            yield f"{before}{name}"


FREE = "says"
# Every fact that a file may hold, by its dotted name.
FACTS = tuple(_fact_names(AgencyFile))


def facts_in(raw: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every fact of a file by its dotted name; a part that is one fact, such as the working hours, in one piece."""
    for key, value in raw.items() if isinstance(raw, Mapping) else ():
        name = f"{before}{key}"
        if isinstance(value, Mapping) and name not in FACTS:
            yield from facts_in(value, f"{name}.")
        else:
            yield name, value


def _unknown_places(source: Source, given: Mapping[str, Any]) -> Iterator[Problem]:
    """A misspelt place would make the whole fact unknown without a word."""
    known = [f"agency.{name}" for name in (*FACTS, *given)]
    for name, value in given.items():
        for place in placeholders(value) if isinstance(value, str) else ():
            if place not in known:
                remedy = did_you_mean(place, known, "Known are the names of this file, such as {agency.phone}.")
                yield source.problem(f"nothing fills the place {{{place}}} in {name}. {remedy}", *name.split("."))


def _on_two_sides(source: Source, given: Mapping[str, Any]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for side in PostcodeDistricts.model_fields:
        districts = given.get(f"area.postcode_districts.{side}")
        for district in districts if isinstance(districts, list) else ():
            if seen.setdefault(str(district), side) != side:
                text = f"{district} stands in `{seen[district]}` and in `{side}`. Keep it in one"
                yield source.problem(
                    f"{text}: in `shared` where both councils are meant.", "area", "postcode_districts", side
                )
