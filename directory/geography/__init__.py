"""Countries, subdivisions and cities: names in German and English, and distances between them."""
