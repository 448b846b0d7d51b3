"""A stand-in for the assistant, only for tests of how the pages behave when it is slow, silent or gone."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Replies = list[dict[str, Any]]


def echo(text: str) -> Replies:
    """Say back what was said."""
    return [{"text": f"You told me: {text}", "choices": [], "links": [], "question": None}]


def ask_area(text: str) -> Replies:
    """Answer with a link, and ask a question with three choices."""
    titles = ("Leicestershire", "Leicester City", "Somewhere else")
    return [
        {
            "text": "Thank you. You can ring 0116 305 0505.",
            "links": [{"title": "Money", "url": "https://example.org/money"}],
        },
        {
            "text": "Which council is it?",
            "choices": [{"title": title, "text": f"I live in {title}"} for title in titles],
        },
    ]


def ask_for_several(text: str) -> Replies:
    """Ask a question of which several choices may be picked, one of them alone."""
    titles = ("0 to 4", "5 to 10", "11 to 15", "16 or 17")
    several = [{"title": title, "text": title, "several": True} for title in titles]
    return [
        {
            "text": f"You told me: {text}. Do any children live with you? You can pick more than one age group.",
            "choices": [{"title": "No children", "text": "No children"}, *several],
            "question": "children",
            "progress": "Question 8 of about 31",
        }
    ]


def forget_all(text: str) -> Replies:
    """Ask whether they are sure, and have it all forgotten when they are."""
    if text == "Yes, forget it":
        return [{"text": "This chat has been forgotten.", "question": "", "forgotten": True}]
    titles = ("Yes, forget it", "Keep it")
    choices = [{"title": title, "text": title} for title in titles]
    return [{"text": "Shall I forget this chat?", "choices": choices, "question": "forget_sure"}]


class FakeAssistant:
    """Answers as Rasa's channel and the action server would; can be stopped, started and held up."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.received: list[dict[str, Any]] = []
        self.answer: Callable[[str], Replies] = echo
        # Cleared, every answer is held until it is set again.
        self.may_answer = threading.Event()
        self.may_answer.set()
        self._server: ThreadingHTTPServer | None = None

    def reset(self) -> None:
        """Forget what was received and answer plainly again."""
        self.received.clear()
        self.answer = echo
        self.may_answer.set()

    def start(self) -> None:
        """Listen, if it does not already."""
        if self._server is None:
            self._server = _Server(("127.0.0.1", self.port), self._handler())
            threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Be gone: connections are refused."""
        self.may_answer.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        assistant = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._send({"status": "ok"})

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                assistant.received.append(body)
                assistant.may_answer.wait(30)
                self._send(assistant.answer(body["message"]))

            def _send(self, content: Any) -> None:
                data = json.dumps(content).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: Any) -> None:
                """Tests are quiet."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
