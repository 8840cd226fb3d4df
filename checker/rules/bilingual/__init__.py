"""Rules that compare a translation with its Chinese source; silent without one."""
