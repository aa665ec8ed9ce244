"""Service areas, services, industries and credentials: names in German and English, synonyms."""
