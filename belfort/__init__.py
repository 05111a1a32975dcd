"""The kernel: the words that every other package shares. It imports none of the others.

Enters: settings from the environment, bytes from the network. Leaves: records, blobs, log lines, errors.
"""

__version__ = "2026.11.0"
