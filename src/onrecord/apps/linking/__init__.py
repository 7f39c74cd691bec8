"""Judgements that two records are one person, made by hand; a model proposes from part 3 on."""
