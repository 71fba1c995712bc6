"""The steps of the story that ``engine/engine.py`` tells: each takes a context and gives a value."""
