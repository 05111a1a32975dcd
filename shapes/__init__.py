"""Shapes: data first. Who may publish what (`policy/`), JSON-LD contexts (`contexts/`), what a publication must say
(`publication/`, with levels of maturity) and the engine that judges by it (`shacl/`, `validation`).

Enters: its own files; for `validation` the lines of a page. Leaves: frozen objects made from them, and a `Report`. May
not import harvester, publisher, search or frontend.
"""
