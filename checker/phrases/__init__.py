"""The phrases of a text that may be terms, in either language, and how often they stand."""
