"""One picture of a whole store: names in use, agreement, faults, trends, what is new, and how it is written down.

Everything is added up inside the store; only small tables leave it. A format is a module with ``write(picture, stream)``.
"""
