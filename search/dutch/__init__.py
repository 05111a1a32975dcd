"""The language: how words are written, inflected and put together. Enters: a word. Leaves: what it is compared by.

`search.analyzer` is for callers; nothing else in the project looks in here. The words stand in `search/data/`.
"""
