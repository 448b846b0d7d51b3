"""Send what is in the outbox: each message at most once, whenever the worker may end. See docs/decisions/0019."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from enquiry.outbox.delivery import (
    begin_handing_over,
    due_messages,
    give_up_overdue,
    mark_in_doubt,
    mark_not_sent,
    mark_refused,
    mark_sent,
    something_due,
)
from enquiry.outbox.failures import Failures
from enquiry.store.engine import Store
from enquiry.store.models import OutboxMessage
from worker.providers.contract import Away, InDoubt, NotOurs, NotSent, Provider, Refused

# However much there is to send, the worker's other work has its turn: it looks for people who wait for an answer.
LONGEST_ROUND = timedelta(seconds=5)

Clock = Callable[[], datetime]


def deliver_due(store: Store, provider: Provider, failures: Failures, clock: Clock) -> int:
    """Send the messages whose time has come.

    Each is taken by itself, so that its lease covers its own sending only, and sent outside any transaction, so that a slow
    provider holds nothing up. When the provider is away the rest waits for the next round.

    Returns:
        How many were sent.
    """
    began = clock()
    with store.read() as session:
        # Looked first: a worker with nothing to do does not become a writer every two seconds.
        if not something_due(session, began):
            return 0
    sent = 0
    while clock() < began + LONGEST_ROUND:
        with store.write() as session:
            give_up_overdue(session, failures, clock())
            taken = due_messages(session, clock(), limit=1)
        if not taken:
            break
        try:
            sent += _deliver(store, provider, taken[0], failures, clock)
        except Away:
            break
    return sent


def _deliver(store: Store, provider: Provider, message: OutboxMessage, failures: Failures, clock: Clock) -> bool:
    """Send one message and write down what became of it.

    Returns:
        Whether it was sent.
    Raises:
        Away: no other would go either.
    """

    def hand_over() -> None:
        with store.write() as session:
            if not begin_handing_over(session, message, clock()):
                raise NotOurs

    try:
        provider.send(message, hand_over)
    except NotOurs:
        return False
    except InDoubt as doubt:
        with store.write() as session:
            mark_in_doubt(session, message, failures.say(doubt.reason, doubt.why), clock())
        return False
    except Refused as no:
        with store.write() as session:
            mark_refused(session, message, failures.say(no.reason, no.why), clock())
        return False
    except NotSent as trouble:
        with store.write() as session:
            mark_not_sent(
                session, message, failures.say(trouble.reason, trouble.why), failures, clock(), wait=trouble.wait
            )
        if isinstance(trouble, Away):
            raise
        return False
    with store.write() as session:
        mark_sent(session, message, clock())
    return True
