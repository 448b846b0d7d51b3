"""A person who chats through the public interface, as the page does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Person:
    """One conversation."""

    address: str
    agency: str = "leicestershire"
    id: str = ""
    token: str = ""
    replies: list[dict[str, Any]] = field(default_factory=list)
    question: str | None = None
    # One for all requests: making one takes longer than most replies.
    client: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=30, verify=False, trust_env=False), repr=False
    )

    def begin(self) -> None:
        """Start the conversation."""
        answer = self.client.post(f"{self.address}/api/conversations", json={"agency": self.agency})
        assert answer.status_code == 201, answer.text
        self.id, self.token, self.replies = answer.json()["id"], answer.json()["token"], answer.json()["messages"]

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send one message and keep the replies."""
        answer = self.send(text)
        assert answer.status_code == 200, answer.text
        self.replies = answer.json()["messages"]
        asked = [reply["question"] for reply in self.replies if reply["question"]]
        self.question = asked[-1] if asked else None
        return self.replies

    def send(self, text: str, token: str | None = None) -> httpx.Response:
        """Send one message, whatever comes of it."""
        return self.client.post(
            f"{self.address}/api/conversations/{self.id}/messages",
            json={"text": text},
            headers={"Authorization": f"Bearer {token or self.token}"},
        )

    def all_messages(self) -> list[dict[str, Any]]:
        """The whole conversation, as a page that is loaded again gets it."""
        answer = self.client.get(
            f"{self.address}/api/conversations/{self.id}/messages", headers={"Authorization": f"Bearer {self.token}"}
        )
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    @property
    def heard(self) -> str:
        """The text of the last replies."""
        return "\n".join(reply["text"] for reply in self.replies)

    @property
    def offered(self) -> list[str]:
        """The buttons of the last replies."""
        return [choice["title"] for reply in self.replies for choice in reply["choices"]]

    @property
    def links(self) -> list[str]:
        """Where the links of the last replies lead."""
        return [link["url"] for reply in self.replies for link in reply["links"]]
