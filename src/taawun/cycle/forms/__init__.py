"""The forms of requests and operations: short pages, one part of the case each."""
