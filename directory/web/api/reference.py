"""The description of the interface: for programs, and as a page in both languages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from directory.config import settings
from directory.web.api.description import ALWAYS, REFUSALS, Operation, openapi, operations
from directory.web.guards import allow
from directory.web.languages import PATH_RULE

VALUES_SHOWN = 12

blueprint = Blueprint("reference", __name__)


@allow("anyone")
def describe() -> dict[str, Any]:
    """The description after OpenAPI 3.1."""
    return openapi(settings())


@blueprint.get(f"{PATH_RULE}/api")
@allow("anyone")
def page() -> str:
    """What can be read, with which parameters, and what comes back."""
    return render_template(
        "api/reference.html",
        operations=[_shown(one) for one in operations()],
        canonical=url_for("reference.page"),
        base=f"{settings().base_url}/api/v1",
    )


def _shown(one: Operation) -> dict[str, Any]:
    parameters = [
        {"name": each.name, "text": each.text, "many": each.many, "values": _values(each.schema)}
        for each in one.parameters
    ]
    refusals = [(code, REFUSALS[code]) for code in sorted({*one.refusals, *ALWAYS})]
    return {"one": one, "parameters": parameters, "refusals": refusals}


def _values(schema: dict[str, Any]) -> str:
    """The values that a parameter can have, where they are few or a range."""
    listed = schema.get("enum", ())
    if 0 < len(listed) <= VALUES_SHOWN:
        return ", ".join(map(str, listed))
    return f"{schema['minimum']} – {schema['maximum']}" if "minimum" in schema else ""
