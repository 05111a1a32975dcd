"""The child: crawls one source of which the run has begun; see `harvester.crawl.process` for the other side."""

import json
import logging
import resource
import signal
import sys
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess

from belfort import http, jobs, log
from belfort.errors import BelfortError
from belfort.records.source import Source
from belfort.settings import Settings
from belfort.workers import die_with_parent
from harvester import frontier
from harvester.crawl.robots import Robots
from harvester.crawl.scrapy_parts import Crawl, SiteSpider, report, scrapy_settings
from harvester.reading import Reader


def main() -> None:
    """Read what to do, do it, and end with one line that says how it ended."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.load(sys.stdin)
    settings = Settings(**order["settings"])
    log.configure(settings)
    logging.disable(logging.WARNING)  # Scrapy tells much; our own log lines do not pass here
    run = frontier.Run(Source(**order["source"]), order["number"], order["seed"])
    try:
        ended = crawl(settings, run)
    except BelfortError as error:
        facts = {name: value for name, value in error.facts.items() if isinstance(value, str | int | float)}
        report({"end": "error", "error": {
            "slug": error.slug, "detail": error.detail, "hint": error.hint, "facts": facts,
        }})  # fmt: skip
        return
    report({"end": ended})


def crawl(settings: Settings, run: frontier.Run) -> str:
    """Crawl until the frontier is empty or the budget spent; how Scrapy ended.

    Raises:
        FetchError: the site cannot be reached, or its robots.txt asks us to wait.
        Refused: the guard forbids the site.
    """
    context = jobs.open_context(settings)

    def fetch(url: str) -> http.Response:
        return http.fetch(settings, url, allow=run.source.allow)

    robots = Robots(fetch)
    # A site that the operator named in `allow` is their own: it sets its own pace by robots.txt.
    own = urlsplit(run.seed).netloc == run.source.allow
    delay = robots.delay(run.seed) if own else max(settings.crawl_delay, robots.delay(run.seed))
    reader = Reader(settings)
    state = Crawl(
        context=context, run=run, reader=reader, robots=robots, sites=frontier.sites(context.engine, run),
        fetched=frontier.fetched(context.engine, run), budget=settings.crawl_max_pages, delay=delay,
    )  # fmt: skip
    try:
        process: Any = AsyncCrawlerProcess(scrapy_settings(delay))
        crawler = process.create_crawler(SiteSpider)
        process.crawl(crawler, crawl=state)
        process.start(install_signal_handlers=False)
    finally:
        reader.close()
    if state.error:
        raise state.error
    return crawler.spider.ended if crawler.spider else "killed"


if __name__ == "__main__":
    main()
