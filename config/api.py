"""The one place that turns errors into HTTP, and what every endpoint shares."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from pydantic import TypeAdapter
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from apps.shared.documents import DOCUMENTS
from apps.shared.errors import TouchstoneError
from apps.shared.events import EVENTS


class Pages(PageNumberPagination):
    """Lists come in pages; the client may ask for larger ones, up to a bound."""

    page_size_query_param = "page_size"
    max_page_size = 500


def _shape(code: str, message: str, fields: dict[str, list[str]] | None = None) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "fields": fields or {}}}


def _flatten(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    if isinstance(detail, dict):
        flat: dict[str, list[str]] = {}
        for key, value in detail.items():
            flat |= _flatten(value, f"{prefix}.{key}" if prefix else str(key))
        return flat
    items = detail if isinstance(detail, list) else [detail]
    if any(isinstance(item, dict) for item in items):
        flat = {}
        for position, item in enumerate(items):
            flat |= _flatten(item, f"{prefix}.{position}")
        return flat
    return {prefix or "request": [str(item) for item in items]}


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every error in one shape: ``{"error": {"code", "message", "fields"}}``."""
    if isinstance(error, TouchstoneError):
        return Response(_shape(error.code, str(error), error.fields), status=error.status)
    if isinstance(error, exceptions.ValidationError):
        fields = _flatten(error.detail)
        first = next(iter(fields.items()), ("request", ["Something in the request is not as expected."]))
        return Response(_shape("invalid", f"{first[0]}: {first[1][0]}", fields), status=400)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    codes = {Http404: "not_found", PermissionDenied: "forbidden"}
    code = codes.get(type(error)) or getattr(error, "default_code", "error")
    detail = getattr(error, "detail", None)
    message = str(detail) if detail else "Not found." if code == "not_found" else "You may not do this."
    answer.data = _shape(str(code), message)
    return answer


def add_event_schemas(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Put the schemas of events and documents into the API's, so that one generator types them all."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    for event in (*EVENTS.values(), *DOCUMENTS.values()):
        schema = TypeAdapter(event).json_schema(
            ref_template="#/components/schemas/{model}", mode="serialization"
        )
        schemas |= schema.pop("$defs", {})
        schemas[event.__name__] = schema
    return result


def require_outputs(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Mark every property of an answer as required: an answer always carries all of its fields.

    The generator leaves out those whose model field has a default, which is true of requests alone.
    """
    schemas = result.get("components", {}).get("schemas", {})
    for name, schema in schemas.items():
        if name.endswith("Output") and "properties" in schema:
            schema["required"] = sorted(schema["properties"])
    return result
