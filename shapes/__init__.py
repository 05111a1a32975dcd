"""Shapes: data first. Who may publish what (`policy/`), JSON-LD contexts (`contexts/`); later SHACL and code lists.

Enters: nothing but its own files. Leaves: frozen objects made from them. May not import harvester, publisher,
search or frontend.
"""
