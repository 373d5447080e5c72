"""The never-answer list: robots, lists, bounces, ourselves. One predicate, one table of rules."""
