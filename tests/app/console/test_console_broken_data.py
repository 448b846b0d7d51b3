"""The console while a file of data/ is broken: staff read what was told, and are told what to do."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from enquiry.catalogue import Catalogue, usable_catalogue
from enquiry.enums import Role
from enquiry.settings import ROOT
from tests.support.console_example import Example
from web.app import create_app
from web.console.auth import COOKIE

from .conftest import ADDRESS, Browser, Clock


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    data = tmp_path_factory.mktemp("project") / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "criteria.yml").write_text("questions: [", encoding="utf-8")
    return usable_catalogue(data)


@pytest.fixture
def manager(broken: Catalogue, example: Example, clock: Clock) -> Browser:
    app: FastAPI = create_app(example.settings, example.store, broken)
    app.state.store, app.state.clock = example.store, clock
    app.state.application = replace(app.state.application, store=example.store, clock=clock)
    client = TestClient(app, base_url=ADDRESS)
    client.cookies.set(COOKIE, example.secrets[Role.MANAGER], domain="console.example", path="/console")
    return Browser(client)


def test_an_enquiry_is_still_read(manager: Browser, example: Example) -> None:
    for reference in example.references.values():
        assert manager.get(f"/console/enquiries/{reference}").status_code == 200


def test_the_page_of_the_criteria_says_what_to_do(manager: Browser) -> None:
    page = manager.text("/console/criteria")
    assert "The criteria can’t be read." in page
    assert "./hearth check" in page
    assert "is in force" not in page


@pytest.mark.parametrize("address", ["/console", "/console/enquiries", "/console/decisions", "/console/events"])
def test_the_other_pages_go_on(manager: Browser, address: str) -> None:
    assert manager.get(address).status_code == 200
