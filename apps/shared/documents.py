"""Documents that travel whole between browser and server: their schemas join the API's description."""

from pydantic import BaseModel

DOCUMENTS: dict[str, type[BaseModel]] = {}


def describe(document: type[BaseModel]) -> dict[str, str]:
    """Enter a document under the name of its class and return what a field's schema says of it."""
    DOCUMENTS[document.__name__] = document
    return {"$ref": f"#/components/schemas/{document.__name__}"}
