"""Import and export of what the directory holds, in files that people and scripts write."""
