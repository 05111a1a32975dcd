"""The records: what is true, one module per record, each a table whose docstring is its contract (design §3).

Enters: an open connection. Leaves: rows. May not be imported here: anything but the kernel.
`database` opens and migrates; every other module holds one table and the functions that read and write it.
"""
