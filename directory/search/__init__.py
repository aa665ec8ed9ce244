"""From words and filters to listings in order, with counts; the index is only a cache."""
