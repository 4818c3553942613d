"""The only folder that touches the world: sockets, threads, event loops, clocks and files."""
