"""``yigai corpus``: many pages in one store, one verb a file."""
