"""All addresses under ``/api/v1`` in one place."""

from __future__ import annotations

from litestar import Router

from onrecord.web.api import adding, comments, events, names, search, texts, webhooks
from onrecord.web.api.asking import refuse_nulls
from onrecord.web.files import files
from onrecord.web.problems import API_V1
from onrecord.web.unchanged import Unchanged

API = Router(
    API_V1,
    before_request=refuse_nulls,
    route_handlers=[
        adding.add_document, adding.one_addition,
        texts.list_documents, texts.one_reading, texts.list_statements, texts.list_sources, texts.list_copies,
        texts.quote_family, texts.check_quote,
        events.list_events, events.one_event, events.list_changes, events.list_decisions, events.decide_something,
        names.list_entities, names.one_entity, names.count, names.list_problems,
        search.search, search.find_statements, search.find_documents, search.find_events, search.find_entities,
        comments.list_talks, comments.begin, comments.answer, comments.moderate,
        webhooks.list_webhooks, webhooks.make_webhook, webhooks.one_webhook, webhooks.remove_webhook,
        webhooks.try_webhook,
        *files(),
    ],
    middleware=[Unchanged()],
)  # fmt: skip
