"""Write sections in a format; one format per file."""
