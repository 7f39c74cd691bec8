"""The ledger: who did what to which record, who looked, and proof that it is complete."""
