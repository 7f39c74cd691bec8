"""Who has an account, for which duty, in which team: changed by people, each time on the ledger."""
