"""A small directory as one writes it with Django in a day: what pages are measured beside."""
