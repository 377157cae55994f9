"""Reading and writing the IATI Standard: plain Python over lxml, without Django, so that it can be tried on its own."""
