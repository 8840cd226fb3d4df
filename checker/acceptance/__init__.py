"""Accepted findings: the file ``yigai-accepted.yaml`` beside the pages, and comments in them."""
