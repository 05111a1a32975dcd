"""The commands that the harvester offers to `belfort`."""

from harvester.harvest_command import harvest, sources
from harvester.process import process
from harvester.try_page import try_page

COMMANDS = [harvest, sources, process, try_page]
