"""A reason as it is said to the person: why, what would change it, who helps, and which council it is where it is another one."""

from __future__ import annotations

from actions.turn import Turn
from enquiry.agencies.areas import Council, found_councils
from enquiry.safeguarding.phone_links import dials
from enquiry.screening.decide import Finding


def reason_text(turn: Turn, finding: Finding) -> str:
    """Why, what would change it and when to come back, who helps, and the likely council of another area."""
    reason = finding.reason
    parts = [turn.filled(part) for part in (reason.because, reason.changes_when, reason.come_back) if part]
    if reason.team:
        parts.append(_team_text(turn, reason.team))
    if councils := _other_councils(turn, finding):
        names = " or ".join(council.name for council in councils)
        parts.append(turn.wording("likely_council", councils=names, district=str(finding.answer)))
    return " ".join(parts)


def reason_links(turn: Turn, finding: Finding) -> list[dict[str, str]]:
    """Numbers to ring and pages to open: of the team that helps, and of another council's chat where it is here as well."""
    links = []
    team = turn.agency.teams.get(finding.reason.team or "")
    if team is not None:
        name = _begun_large(team.name or turn.agency.short_name)
        if team.phone:
            number = turn.filled(team.phone)
            # Words stand in the place of a number that is not known: they can be read, and no phone can ring them.
            links += [{"title": f"{name}: {number}", "url": dials(number)}] if number[0].isdigit() else []
        links += [{"title": name, "url": team.url}] if team.url else []
    for council in _other_councils(turn, finding):
        if council.agency:
            links.append({"title": turn.wording("chat_with", team=council.name), "url": f"/chat/{council.agency}"})
    return links


def _begun_large(name: str) -> str:
    return name[:1].upper() + name[1:]


def _team_text(turn: Turn, name: str) -> str:
    """Who helps, as the agency's file says; where nobody is named there, our own team passes the person on."""
    team = turn.agency.teams.get(name)
    if team is None:
        return turn.wording("team_unknown")
    if team.says:
        return turn.filled(team.says)
    how = team.phone or team.email or team.url
    if team.name is None:
        return turn.wording("team_unknown")
    return (
        turn.wording("team_known", team=team.name, how=turn.filled(how))
        if how
        else turn.wording("team_named", team=team.name)
    )


def _other_councils(turn: Turn, finding: Finding) -> tuple[Council, ...]:
    """The councils a postcode district may belong to, as a first guess; our own is not offered to someone who lives elsewhere."""
    if finding.criterion != "area":
        return ()
    return tuple(
        one for one in found_councils(str(finding.answer), turn.catalogue.councils) if one.agency != turn.agency.slug
    )
