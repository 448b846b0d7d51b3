"""Measure how long deciding one set of answers takes, and a rehearsal of changed criteria over many: `./hearth bench screening`."""

from __future__ import annotations

import json
import statistics
import sys
import time
from dataclasses import replace

from enquiry.agencies.agency import Agency, load_agencies
from enquiry.screening.criteria import Criteria
from enquiry.screening.criteria_file import load_criteria
from enquiry.screening.decide import decide
from enquiry.screening.rehearsal.answer_sets import answer_grid
from enquiry.screening.rehearsal.compare import rehearse
from enquiry.settings import ROOT

SETS = 100_000
TIMED_ALONE = 20_000


def measure(sets: int = SETS) -> dict[str, float]:
    """Decide made-up sets for every agency.

    Args:
        sets: how many a rehearsal compares, all agencies together.
    Returns:
        Microseconds for one set (p50, p99, longest) and seconds for a rehearsal: of a small change, and of one that touches everything.
    """
    criteria = load_criteria(ROOT / "data" / "criteria.yml")
    agencies = list(load_agencies(ROOT / "data" / "agencies").values())
    times = [
        _timed(answers, criteria, agencies[0])
        for answers in answer_grid(criteria, criteria, agencies[0], min(sets, TIMED_ALONE))
    ]
    cuts = statistics.quantiles(times, n=100)
    return {
        "sets_timed_alone": len(times),
        "p50_us": round(cuts[49], 1),
        "p99_us": round(cuts[98], 1),
        "longest_us": round(max(times), 1),
        "sets_rehearsed": sets,
        "small_change_s": round(_rehearsed(criteria, _small_change(criteria), agencies, sets), 1),
        "everything_changed_s": round(_rehearsed(criteria, _everything_changed(criteria), agencies, sets), 1),
    }


def _timed(answers: dict[str, object], criteria: Criteria, agency: Agency) -> float:
    start = time.perf_counter()
    decide(answers, criteria, agency)
    return (time.perf_counter() - start) * 1e6


def _rehearsed(today: Criteria, changed: Criteria, agencies: list[Agency], sets: int) -> float:
    start = time.perf_counter()
    share = -(-sets // len(agencies))
    for agency in agencies:
        rehearse([], answer_grid(today, changed, agency, share), today, changed, agency)
    return time.perf_counter() - start


def _small_change(criteria: Criteria) -> Criteria:
    """One reason is said otherwise to staff."""
    name = next(iter(criteria.reasons))
    reasons = {**criteria.reasons, name: replace(criteria.reasons[name], for_staff="Said otherwise.")}
    return replace(criteria, version="small", reasons=reasons)


def _everything_changed(criteria: Criteria) -> Criteria:
    """Every reason is said otherwise: there is at least one for every set, so each has to be decided twice."""
    reasons = {name: replace(reason, for_staff="Said otherwise.") for name, reason in criteria.reasons.items()}
    return replace(criteria, version="everything", reasons=reasons)


if __name__ == "__main__":
    found = measure()
    if "--json" in sys.argv:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:>22}  {value}")
