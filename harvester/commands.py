"""The commands that the harvester offers to `belfort`."""

from harvester.extract_command import extract_page
from harvester.harvest_command import harvest, sources
from harvester.process import process
from harvester.try_page import try_page
from harvester.validate_command import validate_page

COMMANDS = [harvest, sources, process, try_page, extract_page, validate_page]
