"""Tables and how they are read and written. Nothing here decides anything."""
