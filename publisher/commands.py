"""The commands that the publisher offers to `belfort`."""

from publisher.operate import project, rebuild, verify
from publisher.register.command import intake

COMMANDS = [intake, project, rebuild, verify]
