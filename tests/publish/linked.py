"""JSON-LD as another processor reads it, without a network: the parts of the public contexts that we use.

Terms and addresses are those of the W3C's Web Annotation context (anno.jsonld) and of schema.org's.
"""

from __future__ import annotations

from typing import Any

from pyld import jsonld

OA = "http://www.w3.org/ns/oa#"
SCHEMA = "http://schema.org/"

ANNOTATION = {
    "oa": OA, "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "as": "http://www.w3.org/ns/activitystreams#", "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "DataPositionSelector": "oa:DataPositionSelector", "Software": "as:Application",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "refinedBy": {"@type": "@id", "@id": "oa:refinedBy"}, "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"}, "identifying": "oa:identifying", "tagging": "oa:tagging",
    "classifying": "oa:classifying", "describing": "oa:describing", "exact": "oa:exact", "prefix": "oa:prefix",
    "suffix": "oa:suffix", "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"}, "value": "rdf:value",
    "format": "dc:format", "name": "foaf:name", "label": "rdfs:label",
    "generator": {"@type": "@id", "@id": "as:generator"},
    "first": {"@type": "@id", "@id": "as:first"}, "partOf": {"@type": "@id", "@id": "as:partOf"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}  # fmt: skip

SCHEMA_ORG = {
    "@vocab": SCHEMA, "id": "@id", "type": "@type",
    **{name: {"@id": f"schema:{name}", "@type": "@id"} for name in ("url", "eventStatus")},
    **{name: {"@id": f"schema:{name}", "@type": "Date"} for name in ("startDate", "endDate", "previousStartDate")},
    "datePublished": {"@id": "schema:datePublished", "@type": "Date"}, "schema": SCHEMA, "Date": f"{SCHEMA}Date",
}  # fmt: skip

CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": ANNOTATION, "https://schema.org": SCHEMA_ORG, "https://schema.org/": SCHEMA_ORG,
}  # fmt: skip


def _load(url: str, _: Any) -> dict[str, Any]:
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url,
            "document": {"@context": CONTEXTS[url]}}  # fmt: skip


def expanded(document: Any) -> Any:
    """The document with every term as the address that it stands for; a context that is not here is an error."""
    return jsonld.expand(document, {"documentLoader": _load})


def triples(document: Any) -> list[str]:
    """The document as N-Quads, one statement a line."""
    found: str = jsonld.normalize(document, {"documentLoader": _load, "format": "application/n-quads"})
    return found.splitlines()


def keys(value: Any) -> set[str]:
    """All names of fields in a JSON value, but those that JSON-LD itself has."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if isinstance(value, dict):
        return {key for key in value if not key.startswith("@")}.union(*map(keys, value.values()))
    return set()
