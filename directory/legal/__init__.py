"""The legal pages: the operator's texts, and defaults that say truthfully what the program does."""
