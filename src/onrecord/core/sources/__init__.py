"""Source descriptions: what the files of a source say, and how that becomes facts.

Everything here is plain computation over files and DuckDB: no web framework, no
operational database. `apps.intake` takes what `judging` leaves and writes it.

The way of a batch: a description is read (`describing`), its files are staged
as text (`staging`), joined (`joining`), turned into candidate facts
(`compiling`), judged (`judging`), compared with what is on record
(`comparing`), and looked over for holes (`health`).
"""
