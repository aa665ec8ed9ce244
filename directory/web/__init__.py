"""What speaks HTTP: guards, errors, headers, and the areas, which do not know each other."""
