"""Article files -> built index."""
