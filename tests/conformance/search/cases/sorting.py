"""The order by day with the undated last, ties that stay, and what must stand above what by relevance."""

from tests.conformance.search.case import Case
from tests.support.search_corpus import by_tie

_TIES = by_tie("so-t1 so-t2 so-t3 so-t4 so-t5 so-t6")
_UNDATED = by_tie("so-u1 so-u2")

CASES = [
    Case("pompoen", ask="sort=datum", order="so-h so-c so-b so-a so-d so-g so-e so-f"),
    Case("pompoen", ask="sort=oudste", order="so-e so-g so-d so-a so-b so-c so-h so-f"),
    Case("", ask="sort=datum bron=sorting thema=alfa", order="so-b so-a so-e"),
    Case("", ask="bron=sorting thema=alfa", order="so-b so-a so-e"),  # without words newest first
    Case("-kalebas", ask="bron=sorting thema=beta", order="so-c so-d"),
    Case("pompoen", ask="sort=datum per_pagina=3", order="so-h so-c so-b"),
    Case("pompoen", ask="sort=datum per_pagina=3 pagina=2", order="so-a so-d so-g"),
    Case("pompoen", ask="sort=datum per_pagina=3 pagina=3", order="so-e so-f"),
    Case("pompoen", ask="sort=datum per_pagina=3 pagina=4", order="", total=8),
    Case("pompoen", ask="sort=oudste per_pagina=3 pagina=3", order="so-h so-f"),
    Case("pompoen", ask="sort=datum van=2017-01-01 tot=2017-12-31", order="so-c so-b so-a so-d"),
    Case("kalebas", ask="sort=datum", order=f"{_TIES} {_UNDATED}"),
    Case("kalebas", ask="sort=oudste", order=f"{_TIES} {_UNDATED}"),
    Case("kalebas", ask="sort=datum per_pagina=4 pagina=2", order=f"{' '.join(_TIES.split()[4:])} {_UNDATED}"),
    # A title beats a text, the word itself an inflection, a short title a long one, all words together words apart.
    Case("bloemkool", above="so-r1>so-r2 so-r1>so-r3 so-r1>so-r4 so-r4>so-r5 so-r2>so-r5"),
    Case("bloemkolen", above="so-r2>so-r1 so-r5>so-r4 so-r2>so-r4"),
    Case("zaaien van bloemkool en spruit", above="so-r6>so-r7"),
    Case("pompoen", above="so-h>so-a so-c>so-e"),  # of equal hits the newer stands first
]
