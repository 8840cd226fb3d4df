"""A curated Chinese-English glossary of China's health reform: concepts, renderings, patterns; knows no documents."""

from glossary.concept import Concept, Morpheme, Rendering
from glossary.layers import Glossary, load
from glossary.problems import GlossaryError, Problem

__all__ = ["Concept", "Glossary", "GlossaryError", "Morpheme", "Problem", "Rendering", "load"]
