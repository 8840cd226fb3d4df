"""Rules on what is accepted: entries of ``yigai-accepted.yaml`` and comments in pages."""
