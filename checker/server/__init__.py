"""The web workbench: pages to check a text, look into the glossary and read a store, made on the server.

`application` puts it together; `bench` is the work that is done in processes of its own (`pool`), everything else only
receives, remembers for a while and shows. Nothing here writes a text to disk or to a log.
"""
