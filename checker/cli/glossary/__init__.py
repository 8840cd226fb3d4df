"""``yigai glossary``: the keeper's tools, one verb a file."""
