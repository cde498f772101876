"""Real servers under load, in a container whose network has nothing but loopback."""
