"""What templates get: models and hits turned into plain values, one module a page or part."""
