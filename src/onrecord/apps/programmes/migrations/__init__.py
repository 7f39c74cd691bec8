"""How the tables of the programmes app came to be."""
