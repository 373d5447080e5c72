"""Exports that the seller describes in config.toml."""
