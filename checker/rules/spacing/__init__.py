"""SPC5xx: words that run together, and space that is missing or too much at punctuation."""
