"""Many pages in one store: what stands on them, what is wrong with them, and what to settle on."""
