"""The pages of requests and operations."""
