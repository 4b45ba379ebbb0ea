"""Values: from words as they are printed to standard forms, and whether two of them are one."""
