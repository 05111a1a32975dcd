"""Q5: `typeof=”besluit:Besluit”`: an editor turned the quotes of an attribute into typographic ones."""

_QUOTES = "“”„‟«»″‶‘’‚‛′"


def unquoted(token: str) -> str | None:
    """The token without typographic quotes at its ends, or None when it has none.

    An IRI keeps a quote at its end unless it has one in front too: an address may well end in an apostrophe.
    """
    if not token or (token[0] not in _QUOTES and (token[-1] not in _QUOTES or "://" in token)):
        return None
    return token.strip(_QUOTES) or None
