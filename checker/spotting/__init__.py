"""Spotting: a folded text in, mentions of glossary concepts out."""
