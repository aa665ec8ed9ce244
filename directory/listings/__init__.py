"""The public entry of an organisation."""
