"""The harvester: pages become submissions.

Enters: addresses of sources, bytes of pages. Leaves: snapshots, ledger entries, submissions, issues. May not import
publisher, search or frontend: the merge is reached through the stages of `belfort/jobs.py`.
"""
