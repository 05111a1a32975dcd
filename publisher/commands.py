"""The commands that the publisher offers to `belfort`."""

from publisher.erasure.command import erase
from publisher.imports.command import import_command
from publisher.operate import project, rebuild, verify
from publisher.register.command import intake

COMMANDS = [erase, import_command, intake, project, rebuild, verify]
