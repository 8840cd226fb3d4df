"""The tests: one file a subject; what several share stands in conftest.py and tiny.py."""
