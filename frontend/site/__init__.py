"""The pages for people: in Dutch, server-rendered, complete without JavaScript, readable on a phone.

Enters: requests of browsers. Leaves: HTML. `queries` reads, templates write; routes only connect them.
"""
