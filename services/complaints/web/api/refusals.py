"""The refusals a route may answer with, told in its description."""

from __future__ import annotations

from services.complaints.web.api.json_body import ApiBlueprint, Decorator, View
from shared.web.api import RefusalSchema

_WHEN = {
    400: "The body is not JSON, or the request cannot be read.",
    404: "There is nothing of this name.",
    409: "It contradicts what stands already.",
    411: "The length is missing.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The body is not of the type that belongs here.",
    422: "A field is wrong; `field` names it.",
    503: "Not possible now; nothing was lost. Try again after Retry-After seconds.",
}


def refuses(pages: ApiBlueprint, *statuses: int) -> Decorator:
    """Document these refusals, and the 400 that any request may meet."""

    def mark(view: View) -> View:
        for status in sorted({400, *statuses}, reverse=True):
            view = pages.alt_response(status, schema=RefusalSchema, description=_WHEN[status])(view)
        return view

    return mark
