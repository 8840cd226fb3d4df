"""The rules: pure functions from a Page to Findings, one a file, in folders by family."""
