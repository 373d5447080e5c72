"""tactd answers a marketplace seller's buyer mail: quickly, correctly, never too often."""

__version__ = "0.1.0"
