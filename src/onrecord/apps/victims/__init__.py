"""Victims, witnesses and reporters: what is owed to them, by pseudonym; who they are, in the compartment."""
