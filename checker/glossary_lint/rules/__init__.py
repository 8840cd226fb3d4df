"""One rule a file; the registry finds them."""
