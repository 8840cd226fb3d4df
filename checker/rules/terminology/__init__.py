"""TRM1xx: renderings of glossary concepts that are wrong, derived, deprecated or out of date."""
