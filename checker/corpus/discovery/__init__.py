"""Renderings and terms that the glossary lacks, found in many pages; one method a file."""
