"""What it means that a file lies where it lies: the table of the seller's moves."""
