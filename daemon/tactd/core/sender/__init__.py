"""Who really wrote a mail: what the provider's Authentication-Results say, and of whom."""
