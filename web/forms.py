"""Forms: from our own pages alone, and no larger than ours are."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from web.dependencies import application_of
from web.origin import SAFE_METHODS, check_origin


class FormRoute(APIRoute):
    """A route of our pages. A form that another website sent, one with files and one with very many fields are refused."""

    most_fields = 60

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def checked(request: Request) -> Response:
            check_origin(request, application_of(request).settings.address)
            if request.method not in SAFE_METHODS:
                # What is read here with these limits is what the route reads.
                await request.form(max_files=0, max_fields=self.most_fields)
            return await handle(request)

        return checked
