"""One turn of a conversation: keep what was typed, forward it, keep what was said to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from structlog.contextvars import bind_contextvars

from enquiry.agencies.agency import Agency
from enquiry.content.wording import Wording
from enquiry.conversations.conversation import (
    add_message,
    conversations_with_waiting,
    find_by_client_key,
    is_offered,
    messages_after,
    replies_to,
    waiting_messages,
)
from enquiry.enums import Author
from enquiry.handoffs.putting_right import standing
from enquiry.operating.logs import event_log
from enquiry.safeguarding.categories import Category
from enquiry.store.after_commit import tell_after_commit
from enquiry.store.engine import Store
from enquiry.store.models import Conversation, Message, new_id
from web.turns.assistant import Assistant, AssistantSilent, Presence, Reply
from web.turns.conversation_keys import Clock
from web.turns.messages import ChatMessage, clean, for_assistant
from web.turns.notifier import Notifier
from web.turns.replies import keep_replies
from web.turns.retries import Retries
from web.turns.trail import MessageTrail

log = event_log()

WATCH_SECONDS = 1.0
NOTICES = {
    Presence.WAKING: "page.assistant_waking",
    Presence.AWAY: "page.assistant_away",
    Presence.AWAKE: "page.assistant_slow",
}
NOTICE_AGAIN = "page.assistant_slow"
NOT_KEPT = "assistant.not_kept"


class ConversationGone(Exception):
    """The conversation has been forgotten, or never was."""


class AgencyGone(Exception):
    """The conversation is with an agency whose file is not there any more."""


@dataclass(frozen=True)
class Turn:
    """What came of one message: the message as kept, and what was said to it so far."""

    message: ChatMessage
    replies: tuple[ChatMessage, ...]
    # Whether the conversation was forgotten by it: then none of this is kept.
    forgotten: bool = False


@dataclass(frozen=True)
class Errand:
    """One message on its way to the assistant."""

    message_id: str
    text: str
    metadata: dict[str, Any]


class Turns:
    """Keeps the messages of all conversations in order, whatever the assistant does.

    A message is committed before it is forwarded. The messages of one conversation are forwarded one after the other,
    oldest first; one that the assistant did not answer though it was there is tried again behind the others. This holds
    within one web process, which is all there is for now.
    """

    def __init__(
        self,
        *,
        store: Store,
        assistant: Assistant,
        notifier: Notifier,
        wording: Wording,
        agencies: Mapping[str, Agency],
        categories: Mapping[str, Category],
        clock: Clock,
        seconds: float,
        forget: Callable[[str], None],
    ) -> None:
        """Take what a turn needs.

        Args:
            seconds: how long a reply is waited for.
            forget: forgets a conversation; blocks.
        """
        self._store = store
        self._assistant = assistant
        self._notifier = notifier
        self._wording = wording
        self._agencies = agencies
        self._categories = categories
        self._clock = clock
        self._seconds = seconds
        self._retries = Retries()
        self._trail = MessageTrail()
        # What was sent along with a message that is tried again: it still belongs to the question it was typed to.
        self._unanswered: dict[str, Errand] = {}
        self._forget = forget
        # What was said last, by message, to those who had their conversation forgotten.
        self._last_words: dict[str, tuple[Reply, ...]] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        # Something withheld is still in the store's log: another process was at the store when it was to be emptied.
        self._log_left = False
        # Messages may be left from before a restart.
        self._look_for_waiting = True

    async def take(self, conversation_id: str, sent: str, client_key: str | None = None) -> Turn:
        """Take one message and give what is said to it, within the settings' seconds.

        Args:
            conversation_id: whose key the caller has checked.
            sent: the text as it arrived.
            client_key: the page's own id of the message; a second message with it is the same message.
        Raises:
            EmptyMessage, MessageTooLong: it can't be taken.
            ConversationGone: it has been forgotten.
            AgencyGone: there is nobody any more who could answer it.
        """
        text, began = clean(sent), time.perf_counter()
        bind_contextvars(conversation_id=conversation_id)
        message = await asyncio.to_thread(self._keep, conversation_id, text, client_key)
        self._notifier.notify(conversation_id)
        if message.waiting:
            task = self._start(self._forward_waiting(conversation_id, again=False))
            # Not cancelled when the time is over: a late reply is kept all the same.
            await asyncio.wait({task}, timeout=self._seconds)
        if (said := self._last_words.pop(message.id, None)) is not None:
            return Turn(
                message, tuple(_not_kept(reply, message.number, self._clock()) for reply in said), forgotten=True
            )
        turn = await asyncio.to_thread(self._answered, conversation_id, message)
        if turn.message.waiting:
            self._look_for_waiting = True
            self._trail.leave_waiting(message.id)
        if message.waiting:
            self._tell_outcome(turn, time.perf_counter() - began)
        self._notifier.notify(conversation_id)
        return turn

    async def watch(self) -> None:
        """Forward what is still waiting once the assistant is back, until cancelled."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if self._log_left:
                self._log_left = not await asyncio.to_thread(self._store.clear_log)
            if self._look_for_waiting and self._assistant.presence is Presence.AWAKE:
                try:
                    await self._forward_left_over()
                except Exception as error:
                    # The store may be away for a moment; the watch must outlive that, or what waits is never answered.
                    log.error("waiting_not_read", exc_info=error)

    async def close(self) -> None:
        """End what is under way. Messages not dealt with keep waiting in the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._look_for_waiting = True
            log.error("forwarding_failed", exc_info=error)

    def _tell_outcome(self, turn: Turn, seconds: float) -> None:
        about = {"message_id": turn.message.id, "milliseconds": round(seconds * 1000, 1)}
        if not turn.message.waiting:
            log.info("message_answered", replies=len(turn.replies), **about)
        elif self._assistant.presence is Presence.AWAKE:
            log.warning("message_too_late", **about)
        else:
            log.warning("message_assistant_away", **about)

    async def _forward_left_over(self) -> None:
        waiting = await asyncio.to_thread(self._conversations_waiting)
        self._look_for_waiting = bool(waiting)
        for conversation_id in waiting:
            lock = self._locks.get(conversation_id)
            if not (lock and lock.locked()):
                self._start(self._forward_waiting(conversation_id, again=True))

    async def _forward_waiting(self, conversation_id: str, *, again: bool) -> None:
        """Forward what waits; with `again` also what was forwarded before, when its pause is over."""
        lock = self._locks.get(conversation_id)
        if lock is None:
            lock = self._locks[conversation_id] = asyncio.Lock()
        async with lock:
            while errand := await asyncio.to_thread(self._next_waiting, conversation_id, again=again):
                with self._trail.follow(conversation_id, errand.message_id) as request_id:
                    if not await self._forward(conversation_id, errand, request_id):
                        return

    async def _forward(self, conversation_id: str, errand: Errand, request_id: str) -> bool:
        """Forward one message and keep what is said to it.

        Returns:
            False where the assistant is away: no other message would get through either.
        """
        # What the last look showed may be out of date when it was missed; it never is worth waiting for.
        if self._assistant.presence is not Presence.AWAKE and await self._assistant.look() is not Presence.AWAKE:
            return False
        try:
            metadata = {**errand.metadata, "request_id": request_id}
            replies = await self._assistant.reply(conversation_id, errand.text, metadata)
        except AssistantSilent as silence:
            log.warning("assistant_silent", reason=str(silence))
            # Away is a reason to wait for it; awake and silent is a reason to let the others pass.
            if await self._assistant.look() is not Presence.AWAKE:
                return False
            self._retries.note_failure(errand.message_id)
            self._unanswered[errand.message_id] = errand
            return True
        if any(reply.forgotten for reply in replies):
            self._last_words[errand.message_id] = replies
            self._trail.end(errand.message_id, len(replies))
            # A disclosure may keep the message for staff; it is dealt with all the same.
            await asyncio.to_thread(self._keep_replies, conversation_id, errand.message_id, ())
            await asyncio.to_thread(self._forget, conversation_id)
            return False
        if not await asyncio.to_thread(self._keep_replies, conversation_id, errand.message_id, replies):
            # Forgotten while the message was on its way: the assistant has just learned of it again.
            await asyncio.to_thread(self._assistant.forget, conversation_id)
        self._retries.note_answer(errand.message_id)
        self._unanswered.pop(errand.message_id, None)
        self._trail.end(errand.message_id, len(replies))
        self._notifier.notify(conversation_id)
        return True

    # What follows runs in a thread: the store's driver blocks.

    def _keep(self, conversation_id: str, text: str, client_key: str | None) -> ChatMessage:
        try:
            with self._store.write() as session:
                conversation = _present(session.get(Conversation, conversation_id))
                if conversation.agency not in self._agencies:
                    raise AgencyGone
                if client_key and (known := find_by_client_key(session, conversation_id, client_key)):
                    return ChatMessage.of(known)
                message = add_message(
                    session,
                    conversation,
                    author=Author.ENQUIRER,
                    text=text,
                    now=self._clock(),
                    client_key=client_key,
                    waiting=True,
                )
                session.flush()
                self._trail.begin(message.id)
                tell_after_commit(session, "message_received", message_id=message.id, agency=conversation.agency)
                return ChatMessage.of(message)
        except IntegrityError:
            # The same message arrived twice at the same moment, and the other one was first.
            with self._store.read() as session:
                if client_key and (known := find_by_client_key(session, conversation_id, client_key)):
                    return ChatMessage.of(known)
            raise

    def _next_waiting(self, conversation_id: str, *, again: bool) -> Errand | None:
        with self._store.read() as session:
            conversation = session.get(Conversation, conversation_id)
            if conversation is None or conversation.agency not in self._agencies:
                return None
            waiting = waiting_messages(session, conversation_id)
            for message in waiting:
                if not self._retries.tried(message.id):
                    metadata = {
                        "agency": conversation.agency,
                        "question": conversation.question,
                        "previous_question": conversation.previous_question,
                        "asked_again": conversation.misunderstood > 0,
                        "chosen": is_offered(session, message),
                        "last_answer": conversation.last_answer,
                        **self._after_disclosure(session, conversation),
                    }
                    return Errand(message.id, for_assistant(message.text), metadata)
        due = (self._unanswered[message.id] for message in waiting if again and self._retries.may_try(message.id))
        return next(due, None)

    def _after_disclosure(self, session: Session, conversation: Conversation) -> dict[str, str | None]:
        """What the conversation is about since a disclosure: the assistant listens for other things then."""
        after = standing(session, conversation, self._categories)
        certainty = None if after is None else "sure" if after.sure else "faint"
        return {"after_disclosure": after.category if after else None, "after_certainty": certainty}

    def _keep_replies(self, conversation_id: str, message_id: str, replies: tuple[Reply, ...]) -> bool:
        now, instead = self._clock(), self._wording.say(NOT_KEPT)
        with self._store.write() as session:
            known = keep_replies(session, conversation_id, message_id, replies, instead=instead, now=now)
        if any(reply.withheld for reply in replies) and not self._store.clear_log():
            self._log_left = True
        return known

    def _answered(self, conversation_id: str, message: ChatMessage) -> Turn:
        """What was said to a message; when nothing was, a plain sentence about it: the whole of it once in an outage."""
        with self._store.read() as session:
            kept = session.get(Message, message.id)
            if kept is not None and not kept.waiting:
                return Turn(
                    ChatMessage.of(kept), tuple(ChatMessage.of(reply) for reply in replies_to(session, kept.id))
                )
        with self._store.write() as session:
            conversation = _present(session.get(Conversation, conversation_id))
            kept = session.get(Message, message.id)
            if kept is None:
                raise ConversationGone
            if kept.waiting and not replies_to(session, kept.id):
                earlier = waiting_messages(session, conversation_id)
                told = any(replies_to(session, each.id) for each in earlier)
                notice = NOTICE_AGAIN if told else NOTICES[self._assistant.presence]
                add_message(
                    session,
                    conversation,
                    author=Author.ASSISTANT,
                    now=self._clock(),
                    reply_to=kept.id,
                    text=self._wording.say(notice, self._agencies[conversation.agency]),
                )
                session.flush()
            replies = tuple(ChatMessage.of(reply) for reply in replies_to(session, kept.id))
            return Turn(ChatMessage.of(kept), replies)

    def _conversations_waiting(self) -> list[str]:
        with self._store.read() as session:
            return conversations_with_waiting(session)

    def read(self, conversation_id: str, number: int = 0) -> tuple[ChatMessage, ...]:
        """The messages of a conversation after a number. Blocks: call it in a thread.

        Raises:
            ConversationGone: it has been forgotten, or never was.
        """
        with self._store.read() as session:
            _present(session.get(Conversation, conversation_id))
            return tuple(ChatMessage.of(message) for message in messages_after(session, conversation_id, number))

    def check_agency(self, conversation_id: str, expected: str) -> None:
        """See that a conversation is there and with this agency. Blocks.

        Raises:
            ConversationGone: it is not.
        """
        with self._store.read() as session:
            if _present(session.get(Conversation, conversation_id)).agency != expected:
                raise ConversationGone


def _not_kept(reply: Reply, number: int, now: datetime) -> ChatMessage:
    """A reply that is only said: there is no conversation any more to keep it with."""
    return ChatMessage(
        id=new_id(), author="assistant", text=reply.text, choices=[], links=[], question=None, at=now, number=number + 1
    )


def _present(conversation: Conversation | None) -> Conversation:
    if conversation is None:
        raise ConversationGone
    return conversation
