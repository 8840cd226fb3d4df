"""The language server: what an editor shows while somebody types.

`server` receives and sends; pages are checked by `pages`, the glossary's files by `glossary_files`, each in a thread of
its own. The other modules turn what these find into what the protocol wants. Offsets are code points into the text as
the checker has it; `positions` alone knows of the editor's lines and units.
"""
