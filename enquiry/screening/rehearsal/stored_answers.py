"""Answers of real people without who they are: for rehearsing changed criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from enquiry.agencies.agency import Agency
from enquiry.agencies.areas import area_of
from enquiry.screening.criteria import CONTACT_QUESTIONS, Criteria, Kind
from enquiry.store.models import Answer, Enquiry

# What people write themselves may say who they are; how to reach them does.
TYPED = (Kind.NAME, Kind.PHONE_OR_EMAIL, Kind.TEXT, Kind.OFFERED, Kind.LISTED)
AT_A_TIME = 5000


def answer_sets(session: Session, agency: Agency, versions: Sequence[Criteria]) -> Iterator[dict[str, Any]]:
    """The answers of each enquiry of an agency: criterion and value of screening questions, and nothing else.

    A postcode district becomes the side of the boundary it is on. A value that none of the versions takes is left out, so that
    no text can come along with it; an enquiry without any answer is passed over.

    Args:
        agency: whose enquiries.
        versions: the criteria whose questions matter.
    """
    wanted = {
        name
        for criteria in versions
        for name in criteria.screening_questions
        if name not in CONTACT_QUESTIONS and criteria.questions[name].kind not in TYPED
    }
    rows = session.execute(
        select(Answer.enquiry_id, Answer.criterion, Answer.value)
        .join(Enquiry, Enquiry.id == Answer.enquiry_id)
        .where(Enquiry.agency == agency.slug, Answer.criterion.in_(sorted(wanted)))
        .order_by(Answer.enquiry_id)
        .execution_options(yield_per=AT_A_TIME)
    )
    for _, answers in groupby(rows, key=lambda row: row.enquiry_id):
        found = {row.criterion: _plain(row.criterion, row.value, agency, versions) for row in answers}
        known = {name: value for name, value in found.items() if value is not None}
        if known:
            yield known


def _plain(name: str, value: Any, agency: Agency, versions: Sequence[Criteria]) -> Any:
    """The value, if one of the versions takes it as it is."""
    for criteria in versions:
        question = criteria.questions.get(name)
        if question is None or question.kind in TYPED:
            continue
        if question.kind is Kind.PLACE:
            return area_of(value, agency.area) if isinstance(value, str) else None
        if question.takes(value):
            return value
    return None
