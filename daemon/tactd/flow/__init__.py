"""The steps of pipeline.py that touch the outside: each gathers or records, none decides."""
