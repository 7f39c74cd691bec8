"""Pages of documents: a case's, one with its steps, its viewing copy page by page, upload."""
