"""READ: bytes become a Mail, whatever the bytes are (`mail.read`); each file is a part of it."""
