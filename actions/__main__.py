"""Start the action server: `python -m actions`. Loopback only."""

from __future__ import annotations

import sys
import warnings
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

import actions.after_disclosure
import actions.disclosures
import actions.screening
import actions.second_look
import actions.small_talk
import actions.topics
import actions.wishes
from actions.context import make_context
from actions.turn import ConversationAction
from enquiry.datafiles.source import BrokenFile
from enquiry.operating.event_counts import served_counts
from enquiry.operating.logs import event_log, refuse_start, set_up_logs
from enquiry.settings import BrokenSetting, load_settings

STEPS: tuple[type[ConversationAction], ...] = (
    actions.topics.Answer,
    actions.topics.Clarify,
    actions.small_talk.Say,
    actions.small_talk.Fallback,
    actions.disclosures.Disclosure,
    actions.after_disclosure.AfterDisclosure,
    actions.after_disclosure.PutRight,
    actions.screening.Begin,
    actions.screening.Ask,
    actions.screening.Validate,
    actions.screening.Explain,
    actions.screening.Stop,
    actions.screening.Finish,
    actions.second_look.LookAgain,
    actions.wishes.GoBack,
    actions.wishes.HowManyLeft,
    actions.wishes.WhatIsKept,
    actions.wishes.LeaveOut,
    actions.wishes.BeSure,
    actions.wishes.Confirm,
)


log = event_log()


def main() -> int:
    try:
        settings = load_settings()
        set_up_logs("actions", settings.log_format)
        context = make_context(settings)
    except (BrokenSetting, BrokenFile) as trouble:
        return refuse_start("actions", trouble)
    # rasa-sdk warns at every call that Rasa is older; that it serves it all the same has been tried.
    warnings.filterwarnings("ignore", message="Your versions of rasa")
    executor = ActionExecutor()
    for step in STEPS:
        executor.register_action(step(context))
    app = create_app(executor)
    app.register_listener(_tell_started, "after_server_start")
    app.register_listener(_tell_stopping, "before_server_stop")
    with served_counts(settings.actions_metrics_port if settings.metrics else None):
        # rasa-sdk's own `run` listens on every interface.
        app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False, motd=False)
    return 0


async def _tell_started(_app: Sanic[Any, Any]) -> None:
    log.info("process_started", port=load_settings().actions_port)


async def _tell_stopping(_app: Sanic[Any, Any]) -> None:
    log.info("process_stopping")


if __name__ == "__main__":
    sys.exit(main())
