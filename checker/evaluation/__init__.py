"""Measures findings against annotated pages: what is found, what is supported, which traps are sprung."""
