"""Q6: CURIEs whose prefix is not in scope, because the page forgot it or a broken tag ended its scope."""

from belfort.vocab import OSLO_CONTEXT
from harvester.repairs.page import Page


def namespace(name: str, _page: Page) -> str | None:
    """The namespace that OSLO's vocabularies and the applications around them have for a prefix in lower case."""
    return OSLO_CONTEXT.get(name)
