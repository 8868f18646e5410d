"""The faces of Portolan: Discord, the terminal, and the playground."""
