"""The officer's desk: pages in Vietnamese, made on the server, usable by keyboard."""
