"""What others publish: taken in, kept as they say it, shown. The standard itself is read in `iati`, without Django."""
