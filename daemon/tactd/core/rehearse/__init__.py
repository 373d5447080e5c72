"""What stored mail would have come to under another configuration: pure, in simulated time."""
