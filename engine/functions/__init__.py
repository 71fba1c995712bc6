"""The code of functions, as an archive that Lambda takes: the same sources, the same archive."""
