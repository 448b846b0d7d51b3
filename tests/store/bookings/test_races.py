"""Many processes at once: real ones, on a real database, begun together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from enquiry.store.engine import Store
from enquiry.store.models import Event, Place, Staff, Visit, Visitor
from tests.support import racing
from tests.support.diary import Diary
from tests.support.maker import Maker
from tests.support.racing import CONTENDERS, contenders


def test_eight_processes_never_book_more_than_there_is(
    store: Store, make: Maker, many_enquiries: Callable[[int], list[str]], now: datetime
) -> None:
    event, at = make.event(places=5), make.moment()
    make.visitor()
    attempts = 5
    enquiries = many_enquiries(CONTENDERS * attempts)
    with contenders() as pool:
        runs = [
            pool.submit(racing.contend, store.url, event, at, enquiries[n * attempts : (n + 1) * attempts], now)
            for n in range(CONTENDERS)
        ]
        found = sum((run.result(timeout=120) for run in runs), Counter[str]())
    everyone = CONTENDERS * attempts
    assert found == {"place": 5, "full": everyone - 5, "visit": 1, "slot taken": everyone - 1}
    assert make.taken(event) == 5
    assert make.count(Place) == 5
    assert make.count(Visit) == 1


def test_eight_who_move_with_one_more_each_never_take_more_than_there_is(
    store: Store, make: Maker, diary: Diary, many_enquiries: Callable[[int], list[str]], now: datetime
) -> None:
    before, after = make.event(), make.event(places=5)
    references = [diary.book(before, enquiry, 1) for enquiry in many_enquiries(CONTENDERS)]
    with contenders() as pool:
        runs = [pool.submit(racing.move_to, store.url, after, reference, 2, now) for reference in references]
        found = Counter(run.result(timeout=120) for run in runs)
    assert found == {"moved": 2, "full": CONTENDERS - 2}
    assert (make.taken(before), make.taken(after)) == (CONTENDERS - 2, 4)
    assert make.count(Place) == CONTENDERS


def test_the_same_booking_from_many_processes_is_one_booking(store: Store, make: Maker, now: datetime) -> None:
    event, at, enquiry = make.event(), make.moment(), make.enquiry()
    make.visitor()
    make.visitor("Initial visitor 2")
    with contenders(4) as pool:
        runs = [pool.submit(racing.contend_as_one, store.url, event, at, enquiry, now) for _ in range(4)]
        references = {run.result(timeout=120) for run in runs}
    assert len(references) == 1
    assert make.taken(event) == 2
    assert make.count(Visit) == 1


def test_two_processes_that_prepare_a_new_store_do_it_once(new_url: str, now: datetime) -> None:
    with contenders(2) as pool:
        runs = [pool.submit(racing.prepare, new_url, now) for _ in range(2)]
        reports = sorted(run.result(timeout=120) for run in runs)
    assert reports[0] == (False, 0, 0, 0)
    assert reports[1][0] is True
    store = Store(new_url)
    with store.read() as session:
        counts = tuple(session.query(table).count() for table in (Event, Visitor, Staff))
    store.close()
    assert counts == reports[1][1:]
