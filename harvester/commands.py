"""The commands that the harvester offers to `belfort`."""

from harvester.process import process
from harvester.try_page import try_page

COMMANDS = [process, try_page]
