"""The memory limit of a crawl counts what the crawl has, not what was there before it."""

import os
import subprocess
import sys

CHILD = """
import resource
from scrapy.utils.test import get_crawler
from harvester.crawl.memory import ResidentMemory
seen = ResidentMemory(get_crawler(settings_dict={"MEMUSAGE_ENABLED": True})).get_virtual_size()
print(seen, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
PARENT = """
import subprocess, sys
held = b"x" * (700 << 20)
print(subprocess.run([sys.executable, "-c", sys.argv[1]], capture_output=True, text=True, check=True).stdout)
"""


def test_a_child_of_a_large_process_is_not_large() -> None:
    """The peak that the system keeps is its parent's; the limit goes by what the child has in memory itself."""
    done = subprocess.run(
        [sys.executable, "-c", PARENT, CHILD], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    seen, peak = map(int, done.stdout.split())
    assert 0 < seen < 300 << 20
    assert seen <= peak
