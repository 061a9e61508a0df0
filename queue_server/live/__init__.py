"""Sockets tell, they take no orders: rooms, connections, and what is published after a commit."""
