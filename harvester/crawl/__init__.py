"""The crawl of one source by Scrapy, in a process of its own that can be killed at any moment.

Enters: a run that `harvester.frontier` began. Leaves: rows, attempts, snapshots and jobs, and one line of JSON a page
on standard output. Scrapy schedules, paces and limits; the frontier decides what is next and keeps what became of
it; the guarded client does every download. Only `process` is imported by the rest of Belfort: it starts the child
(`python -m harvester.crawl`), and only the child imports Scrapy.
"""
