"""Erasure: a person or a page goes out of everything public, and that is proved.

`command` is `belfort erase`; it calls `records` (one transaction: the list, assertions, entities and the change `log`),
`copies` (what is made from those, repeated until it is done) and `proof` (every public byte is read). The gate asks
`blocklist` which IRIs may not come back.
"""
