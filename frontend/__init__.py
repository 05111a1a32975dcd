"""The web: every route and every template; the application is made by `frontend.app.create_app`.

Enters: HTTP requests; the records (read-only), the search index, the published files, answers of SPARQL workers.
Leaves: pages in Dutch for people (`site`), linked data and downloads for machines (`data`). Writes nothing.
May import harvester, publisher, search, shapes and belfort, never demo; nothing here opens the private folder, and
the web process never imports pyoxigraph.
"""
