"""Register data: the delta files of the reference producers become submissions of register origins.

Enters: a register source (its listing and its files over HTTP) or delta files from disk. Leaves: sealed raw files, one
submission a run, issues. Everything a feed says goes into the private submission, also what may never be public: the
gate, which the merge calls, decides that. May not import harvester, search or frontend.

    listing   which files there are, in the order of the feed
    deltas    one file → changesets; changesets → state (pure)
    run       unseen files → state → submission
    intake    a source, or files from disk → run
"""
