"""The form of an initial visitor: hours by weekday, how long and how many visits, and in which areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from enquiry.agencies.agency import WEEKDAYS, Agency
from enquiry.bookings.visits.hours import HoursBackwards, HoursOverlap, HoursUnreadable, Span, hours_typed
from enquiry.bookings.visits.visitors import BUFFER_MINUTES, VISIT_MINUTES, VISITS_A_DAY, VisitorDetails
from enquiry.queries.visitors import VisitorLine
from web import forms
from web.forms import Choices, Field
from web.text import cut_line


@dataclass(frozen=True)
class VisitorForm:
    """What was typed of a visitor."""

    name: Field = ""
    staff: Field = ""
    monday: Field = ""
    tuesday: Field = ""
    wednesday: Field = ""
    thursday: Field = ""
    friday: Field = ""
    saturday: Field = ""
    sunday: Field = ""
    visit_minutes: Field = ""
    buffer_minutes: Field = ""
    most_a_day: Field = ""
    areas: Choices = ()
    active: Field = ""


def blank_for(agency: Agency) -> VisitorForm:
    """The form with the hours that new visitors begin with."""
    plan = agency.visit_plan
    if plan is None:
        return VisitorForm(visit_minutes="90", buffer_minutes="30", most_a_day="3", active="yes")
    hours: dict[str, Any] = {
        WEEKDAYS[day]: ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)
        for day, spans in plan.hours.items()
    }
    return VisitorForm(
        visit_minutes=str(plan.minutes),
        buffer_minutes=str(plan.buffer_minutes),
        most_a_day=str(plan.most_a_day),
        active="yes",
        **hours,
    )


def filled_with(line: VisitorLine) -> VisitorForm:
    """The form with what holds now."""
    hours: dict[str, Any] = {WEEKDAYS[day]: text for day, text in line.hours.items()}
    return VisitorForm(
        name=line.name,
        staff=line.staff_id or "",
        visit_minutes=str(line.visit_minutes),
        buffer_minutes=str(line.buffer_minutes),
        most_a_day=str(line.most_a_day),
        areas=line.areas,
        active="yes" if line.active else "",
        **hours,
    )


def read_visitor(written: VisitorForm, agency: Agency) -> VisitorDetails:
    """The details of a visitor.

    Raises:
        Mistakes: with all that is wrong.
    """
    reading = forms.Reading()
    name = reading.read("name", written.name, forms.short_text("visitor_name_empty", "name_long"), "")
    nothing: tuple[Span, ...] = ()
    hours = {number: reading.read(day, getattr(written, day), _hours, nothing) for number, day in enumerate(WEEKDAYS)}
    minutes = reading.read(
        "visit_minutes", written.visit_minutes, forms.whole_number(VISIT_MINUTES, "visit_minutes_wrong"), 90
    )
    buffer = reading.read(
        "buffer_minutes", written.buffer_minutes, forms.whole_number(BUFFER_MINUTES, "buffer_wrong"), 30
    )
    most = reading.read("most_a_day", written.most_a_day, forms.whole_number(VISITS_A_DAY, "most_wrong"), 3)
    reading.check()
    known = set(districts(agency))
    return VisitorDetails(
        name=name,
        staff_id=cut_line(written.staff) or None,
        hours=hours,
        visit_minutes=minutes,
        buffer_minutes=buffer,
        most_a_day=most,
        areas=[district for district in written.areas if district in known],
        active=written.active == "yes",
    )


def districts(agency: Agency) -> list[str]:
    """The postcode districts of the area and next door: what is kept of an enquirer's answer, so what a visitor can be chosen by."""
    rule = agency.area
    found = rule.districts_in_area | rule.districts_shared | rule.districts_border
    return sorted(found, key=_letters_then_number)


def _letters_then_number(district: str) -> tuple[str, int]:
    return district.rstrip("0123456789"), int("0" + "".join(filter(str.isdigit, district)))


def _hours(text: str) -> tuple[Span, ...]:
    try:
        return hours_typed(cut_line(text))
    except HoursBackwards:
        raise forms.Unfit("hours_backwards") from None
    except HoursOverlap:
        raise forms.Unfit("hours_overlap") from None
    except HoursUnreadable:
        raise forms.Unfit("hours_unreadable") from None
