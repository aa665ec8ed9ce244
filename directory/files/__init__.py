"""Files that organisations hand in: checked, stored under their content's name, served."""
