"""Which of the fifteen languages a text is written in, and whether that is sure."""
