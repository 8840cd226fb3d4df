"""GAR3xx: words and sentences as only a machine puts them together."""
