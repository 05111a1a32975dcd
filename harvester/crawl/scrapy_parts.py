"""The pieces that Scrapy is put together from here: scheduler, download handler, spider, settings."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Response as ScrapyResponse
from twisted.python.failure import Failure

from belfort import http, jobs
from belfort.errors import BelfortError
from belfort.records.database import now
from harvester import frontier
from harvester.canonical import site_of
from harvester.crawl import judge
from harvester.crawl.robots import Robots
from harvester.links import FEED
from harvester.reading import Reader

# So many failures in a row to reach the server mean that it is down, not the page.
PATIENCE = 10
LONGEST_PAUSE = 120.0
MEMORY_MB = 600


@dataclass
class Crawl:
    """The state of one crawl, shared by the parts; `error` ends it."""

    context: jobs.Context
    run: frontier.Run
    reader: Reader
    robots: Robots
    sites: set[str]
    fetched: int
    budget: int
    delay: float
    error: BaseException | None = None
    unreachable: int = 0
    paused_until: float = 0.0

    def download(self, url: str, headers: tuple[tuple[str, str], ...] = (), redirects: int = 0) -> http.Response:
        """One guarded exchange."""
        allow = self.run.source.allow
        return http.fetch(self.context.settings, url, headers=headers, allow=allow, max_redirects=redirects)


class FrontierScheduler(BaseScheduler):
    """Scrapy asks what is next; the frontier answers, within robots.txt, budget and pauses."""

    def __init__(self, spider: "SiteSpider") -> None:
        self._crawl = spider.crawl
        self._failed = spider.failed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "FrontierScheduler":
        """The scheduler of the crawl that the spider carries."""
        return cls(_spider(crawler))

    def has_pending_requests(self) -> bool:
        """Whether the spider must stay open."""
        crawl = self._crawl
        return (
            crawl.error is None
            and crawl.fetched < crawl.budget
            and frontier.has_pending(crawl.context.engine, crawl.run)
        )

    def enqueue_request(self, request: Request) -> bool:  # noqa: ARG002
        """Nothing enters past the frontier."""
        return False

    def next_request(self) -> Request | None:
        """The next address as a request, or nothing for now."""
        try:
            return self._next()
        except Exception as error:  # noqa: BLE001 - Scrapy would log it and go on without the row
            self._crawl.error = error
            return None

    def _next(self) -> Request | None:
        crawl = self._crawl
        if asyncio.get_running_loop().time() < crawl.paused_until:
            return None
        while crawl.error is None and crawl.fetched < crawl.budget:
            leased = frontier.lease_next(crawl.context.engine, crawl.run)
            if leased is None:
                return None
            if crawl.robots.allows(leased.url):
                crawl.fetched += 1
                meta = {"leased": leased, "started": now()}
                return Request(leased.url, meta=meta, errback=self._failed, dont_filter=True)
            keep(crawl, leased, frontier.Outcome("refused", now(), "robots"))
        return None


class GuardedHandler(BaseDownloadHandler):
    """Every download of the crawl goes through `belfort.http`, in a thread; redirects come back as they are."""

    async def download_request(self, request: Request) -> ScrapyResponse:
        """One exchange; the whole of it travels in `request.meta["exchange"]`."""
        crawl = _spider(self.crawler).crawl
        leased: frontier.Leased = request.meta["leased"]
        got = await asyncio.to_thread(crawl.download, leased.url, judge.conditions(leased))
        request.meta["exchange"] = got
        return ScrapyResponse(request.url, status=got.status, body=got.body, request=request)


class SiteSpider(Spider):
    """Follows one source; what it learns goes to the frontier, not to Scrapy."""

    name = "site"

    def __init__(self, crawl: Crawl) -> None:
        super().__init__()
        self.crawl = crawl
        self.ended = "killed"

    async def start(self) -> AsyncIterator[Any]:
        """Nothing to begin with: the frontier has the seed."""
        nothing: tuple[Any, ...] = ()
        for request in nothing:
            yield request

    def closed(self, reason: str) -> None:
        """Scrapy says why it stops."""
        self.ended = reason

    async def parse(self, response: ScrapyResponse) -> None:
        """Account for an answer."""
        crawl = self.crawl
        meta = response.meta
        leased, got = meta["leased"], meta["exchange"]
        crawl.unreachable = 0
        try:
            outcome = judge.judge(got, leased, meta["started"], crawl.sites, lambda *page: _links(crawl.reader, *page))
            if outcome.state == "captured":
                crawl.context.blobs.put(got.body)
            if outcome.state == "moved":
                crawl.sites.add(site_of(outcome.reason))
            if outcome.status in (429, 503):
                _pause(crawl, got)
            keep(crawl, leased, outcome)
        except Exception as error:  # noqa: BLE001 - Scrapy would log it and go on without the row
            crawl.error = error

    async def failed(self, failure: Failure) -> None:
        """Account for an exchange without an answer."""
        crawl = self.crawl
        meta, error = failure.request.meta, failure.value  # type: ignore[attr-defined]
        if not isinstance(error, BelfortError):
            crawl.error = error
            return
        try:
            keep(crawl, meta["leased"], judge.failed(error, meta["started"]))
        except Exception as unforeseen:  # noqa: BLE001 - as above
            crawl.error = unforeseen
        crawl.unreachable += error.facts.get("reason") in ("connect", "dns", "timeout", "tls")
        if crawl.unreachable >= PATIENCE:
            crawl.error = error


def _spider(crawler: Crawler) -> SiteSpider:
    assert isinstance(crawler.spider, SiteSpider)
    return crawler.spider


def keep(crawl: Crawl, leased: frontier.Leased, outcome: frontier.Outcome) -> None:
    """Record the outcome and tell the parent."""
    state = frontier.record(crawl.context, crawl.run, leased, outcome)
    report({"url": leased.url, "state": state, "reason": outcome.reason, "status": outcome.status})


def report(line: dict[str, Any]) -> None:
    """One line of JSON to the parent."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _links(reader: Reader, body: bytes, url: str, content_type: str) -> list[str]:
    return [link.href for link in reader.read(body, url, content_type).links if link.property != FEED]


def _pause(crawl: Crawl, got: http.Response) -> None:
    wanted = got.header("retry-after")
    seconds = min(float(wanted), LONGEST_PAUSE) if wanted.isdigit() else 10 * max(crawl.delay, 0.01)
    crawl.paused_until = asyncio.get_running_loop().time() + seconds


def scrapy_settings(delay: float) -> dict[str, Any]:
    """Everything that Scrapy may do here; what it does by default and should not is switched off by name."""
    handler = "harvester.crawl.scrapy_parts.GuardedHandler"
    return {
        "SCHEDULER": FrontierScheduler,
        "DOWNLOAD_HANDLERS": {
            "http": handler, "https": handler, "file": None, "data": None, "ftp": None, "s3": None,
        },
        # No middleware at all: redirects, cookies, retries, robots, proxies and compression are ours, or nobody's.
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "SPIDER_MIDDLEWARES_BASE": {},
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "EXTENSIONS": {"scrapy.extensions.memusage.MemoryUsage": None, "harvester.crawl.memory.ResidentMemory": 0},
        "MEMUSAGE_ENABLED": True,
        "MEMUSAGE_LIMIT_MB": MEMORY_MB,
        "LOG_LEVEL": "ERROR",
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOGSTATS_INTERVAL": 0,
        "STATS_DUMP": False,
    }  # fmt: skip
