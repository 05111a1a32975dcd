"""The rules of the public databanks: who must appear, how history is read, and what is wrong with it.

Enters: plain values and public triples. Leaves: plain values and findings. `days`, `history` and `expected` are pure
functions; `rules.ttl` holds the rules as SHACL, `natives` those that SHACL cannot say. May import the kernel only.
"""
