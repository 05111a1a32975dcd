"""The memory limit of a crawl."""

import os

from scrapy.extensions.memusage import MemoryUsage

from belfort.workers import resident


class ResidentMemory(MemoryUsage):
    """Ends a crawl that has too much in memory now.

    Scrapy's own extension looks at the peak that the system keeps, and a child begins with the peak of the process
    that started it: a crawl started by a large process would end at once.
    """

    def get_virtual_size(self) -> int:
        """Bytes of this process that are in memory."""
        return resident(os.getpid()) or super().get_virtual_size()
