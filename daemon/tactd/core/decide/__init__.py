"""DECIDE: eight steps from an event and its facts to a decision. `steps.STEPS` is the order."""
