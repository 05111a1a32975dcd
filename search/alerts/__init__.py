"""Alerts: a saved search becomes mail when what matches it appears or changes, without an account.

Enters: the parameters of a search with an e-mail address (`subscribe`), the change log (`follow`, the projection
`alerts`). Leaves: mail (`post`), each (alert, document, revision) once. Addresses live in a database of their own
(`store`; docs/decisions/0016), never in the records, in no log line and in no public answer.

    address saved           what comes in: one address, one canonical query string
    keys store              the key file and tokens, the tables
    subscribe               ask, confirm, change, stop; limits against mail-bombing
    follow matching         changes → documents whose text is new → the alerts that match → deliveries
    why letter smtp post    deliveries → a letter that says why → SMTP
    commands                `belfort alerts`

`saved.canonical` is the query string by which one search is the same as another, for feeds too.
"""
