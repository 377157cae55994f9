"""What the demonstration's cases say, a module a case; the names are the same in each."""
