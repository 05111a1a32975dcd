"""Engines: one port (`port.py`), and what answers behind it. Nothing outside this folder knows which engine it is."""
