"""Invented worlds, and somebody in every role who tries every address: for assurances."""
