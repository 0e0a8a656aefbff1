"""Question set -> scores."""
