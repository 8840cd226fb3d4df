"""The language server: what an editor shows while somebody types."""
