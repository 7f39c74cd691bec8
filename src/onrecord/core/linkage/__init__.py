"""Which rows are about one person: proposed by a model, explained by its parts, undone by anybody's judgement."""
