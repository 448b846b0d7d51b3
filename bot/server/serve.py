"""Start the Rasa server: `python -m bot.server.serve`.

It listens on the loopback interface, on one HTTP channel, and sends nothing to anyone.
"""

from __future__ import annotations

import gc
import os
import sys
from asyncio import AbstractEventLoop
from pathlib import Path

from bot.server.log_lines import event_log, refuse_start, set_up_lines
from bot.server.logs import configure_logging, silence_libraries

ACTION_SECONDS = 6


def serve() -> int:
    """Serve until told to stop.

    Returns:
        The exit status: 1 with a sentence when there is no model.
    """
    silence_libraries()
    set_up_lines()
    log = event_log()
    os.umask(0o077)  # the tracker store holds no words, but who was asked what
    os.environ.setdefault("SQL_POOL_SIZE", "5")
    os.environ.setdefault("SQL_MAX_OVERFLOW", "5")
    state = Path(os.environ.get("HEARTH_STATE_DIR", ".hearth"))
    state.mkdir(parents=True, exist_ok=True)
    model = Path(os.environ.get("HEARTH_MODEL", "models/hearth.tar.gz"))
    if not model.is_file():
        return refuse_start("NoModel", f"There is no trained model at {model}. Run ./hearth train.")
    # endpoints.yml takes these from the environment.
    database = (state / "rasa.db").resolve()
    if database.exists():
        database.chmod(0o600)
    os.environ["HEARTH_TRACKER_DB"] = str(database)
    os.environ["HEARTH_ACTIONS_URL"] = f"http://127.0.0.1:{os.environ.get('HEARTH_ACTIONS_PORT', '5055')}/webhook"
    gc.disable()  # the imports make a million objects that all stay: looking through them again and again costs a second
    import rasa.core.actions.action
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from sanic import Sanic

    from bot.server.action_answers import check_schema_once

    gc.enable()
    gc.freeze()
    # Rasa waits five minutes for an action; an enquirer does not.
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = ACTION_SECONDS
    check_schema_once()
    configure_logging()
    port = int(os.environ.get("HEARTH_RASA_PORT", "5005"))

    async def tell_started(app: Sanic, _loop: AbstractEventLoop) -> None:
        log.info("process_started", extra={"facts": {"port": port}})

    async def tell_stopping(app: Sanic, _loop: AbstractEventLoop) -> None:
        log.info("process_stopping")

    serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=port,
        credentials="credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        enable_api=False,
        server_listeners=[(tell_started, "after_server_start"), (tell_stopping, "before_server_stop")],
    )
    return 0


if __name__ == "__main__":
    sys.exit(serve())
