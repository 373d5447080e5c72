"""What the commands show. Each screen has one function that gathers its facts as plain data (that
is what --json prints) and one that prints them for people."""
