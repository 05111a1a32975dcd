"""The commands that the publisher offers to `belfort`."""

from publisher.operate import project, rebuild, verify

COMMANDS = [project, rebuild, verify]
