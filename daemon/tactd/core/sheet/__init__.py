"""A staged reply as a text file: written, and read again whatever an editor did to it."""
