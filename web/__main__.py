"""Run the web process: `python -m web`."""

from __future__ import annotations

import gc

# The imports make objects that all stay; looking through them again and again takes a quarter of the start.
gc.disable()

import logging
import socket
import sys
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from enquiry.catalogue import usable_catalogue
from enquiry.datafiles.source import BrokenFile
from enquiry.operating.logs import event_log, refuse_start, set_up_logs
from enquiry.settings import ROOT, BrokenSetting, Settings, load_settings
from enquiry.store.engine import Store
from web.app import create_app
from web.operating.requests import not_told_already
from web.turns.notifier import Notifier

gc.enable()
gc.freeze()

# Long enough for a reply under way, short enough for who waits at the terminal.
GRACE_SECONDS = 4
log = event_log()


class Server(uvicorn.Server):
    """Ends the open event streams first: they would otherwise keep the process until its time is over."""

    def __init__(self, config: uvicorn.Config, notifier: Notifier) -> None:
        super().__init__(config)
        self._notifier = notifier

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            log.info("process_started", port=self.config.port)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        log.info("process_stopping")
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._notifier.close()
        super().handle_exit(sig, frame)


def server_config(settings: Settings, app: ASGIApp) -> uvicorn.Config:
    """Say how the server runs. Whom a request comes from is believed of the trusted proxies alone, not of this machine either."""
    return uvicorn.Config(
        app,
        host=settings.web_host,
        port=settings.web_port,
        # Our own lines say more than uvicorn's, and less of what is secret (web/operating/requests.py).
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies,
    )


def main() -> int:
    """Serve until told to stop.

    Returns:
        0, or 1 with one sentence on standard error when it can't start.
    """
    try:
        settings = load_settings()
        set_up_logs("web", settings.log_format)
        logging.getLogger("uvicorn.error").addFilter(not_told_already)
        store = Store(settings.store_url)
        app = create_app(settings, store, usable_catalogue(ROOT / "data"))
    except (BrokenSetting, BrokenFile) as trouble:
        return refuse_start("web", trouble)
    server = Server(server_config(settings, app), app.state.application.notifier)
    try:
        server.run()
    finally:
        store.close()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
