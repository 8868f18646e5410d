"""An answer becomes what a face shows: Discord components, terminal text, JSON. Pure."""
