"""Start the Rasa server: `python -m bot.server.serve`. Loopback only, no API but the one door, nothing told to anyone."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from bot.server.logs import after_imports, hush

ACTION_SECONDS = 6


def serve() -> int:
    """Serve until told to stop.

    Returns:
        The exit status: 1 with a sentence when there is no model.
    """
    hush()
    os.umask(0o077)  # Rasa's memory holds no words, but who was asked what
    os.environ.setdefault("SQL_POOL_SIZE", "5")
    os.environ.setdefault("SQL_MAX_OVERFLOW", "5")
    state = Path(os.environ.get("HEARTH_STATE_DIR", ".hearth"))
    state.mkdir(parents=True, exist_ok=True)
    model = Path(os.environ.get("HEARTH_MODEL", "models/hearth.tar.gz"))
    if not model.is_file():
        print(f"There is no trained model at {model}. Run ./hearth train.", file=sys.stderr)
        return 1
    # endpoints.yml takes these from the environment.
    memory = (state / "rasa.db").resolve()
    if memory.exists():
        memory.chmod(0o600)
    os.environ["HEARTH_TRACKER_DB"] = str(memory)
    os.environ["HEARTH_ACTIONS_URL"] = f"http://127.0.0.1:{os.environ.get('HEARTH_ACTIONS_PORT', '5055')}/webhook"
    gc.disable()  # the imports make a million objects that all stay: looking through them again and again costs a second
    import rasa.core.actions.action
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    gc.enable()
    gc.freeze()
    # Rasa waits five minutes for an action; an enquirer does not.
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = ACTION_SECONDS
    after_imports()
    serve_application(
        model_path=str(model),
        interface="127.0.0.1",
        port=int(os.environ.get("HEARTH_RASA_PORT", "5005")),
        credentials="credentials.yml",
        endpoints=AvailableEndpoints.read_endpoints("endpoints.yml"),
        enable_api=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(serve())
