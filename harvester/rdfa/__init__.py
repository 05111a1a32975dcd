"""Our RDFa 1.1 processor for HTML, XHTML, SVG and XML: bytes of a page become triples.

Enters: bytes, the address they came from, the media type the server named, repairs (optional). Leaves: a `Parsed`:
distinct triples of N-Triples terms in document order, issues, and what the repairs changed. Pure: no network, no
files, no clock. May import the kernel only; repairs are known by the small protocol in `environment`.
Sources: https://www.w3.org/TR/rdfa-core/ and https://www.w3.org/TR/html-rdfa/.
"""

from harvester.rdfa.parse import parse
from harvester.rdfa.parsed import Parsed, Trace, Unreadable

__all__ = ["Parsed", "Trace", "Unreadable", "parse"]
