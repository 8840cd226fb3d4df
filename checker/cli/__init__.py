"""The command line: one verb a file; only this package knows Typer."""
