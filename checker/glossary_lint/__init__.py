"""Rules on the glossary itself: mistakes in the entries of a working tree, each shown at the value at fault."""
