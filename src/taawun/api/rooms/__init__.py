"""The rooms of the interface, one file each: its shapes, and what is read there."""
