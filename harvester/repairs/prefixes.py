"""Q6: CURIEs whose prefix is not in scope, because the page forgot it or a broken tag ended its scope."""

from belfort.vocab import OSLO_CONTEXT, XSD
from harvester.repairs.page import Page

_ALSO = {"xs": str(XSD)}


def namespace(name: str, _page: Page) -> str | None:
    """The namespace that OSLO's vocabularies and the applications around them have for a prefix in lower case."""
    return OSLO_CONTEXT.get(name) or _ALSO.get(name)
