"""NUM6xx: numbers of lists and headings, and figures misread."""
