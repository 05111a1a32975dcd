"""The one client for everything that goes out: pages, feeds, validation of an address that someone typed.

Enters: an address. Leaves: a `Response`, or `FetchError` (the server's fault) or `Refused` (our guard), whose
`facts["reason"]` is one of `REASONS`. Imports the kernel only; no other module of Belfort opens a connection.

`address` says which addresses may be reached, `network` holds every connection to it and to the deadline, `decode`
undoes content encodings within the size limit, `client` follows redirects and reports what was exchanged.
"""

from belfort.http.client import REASONS, Client, Response, download, fetch

__all__ = ["REASONS", "Client", "Response", "download", "fetch"]
