"""status: one overview for each child over all agencies: every case, where it stands, what is awaited from whom, and what the law says about the answer.

Owns: the timeline of each case, as a projection; deadlines as data, and their arithmetic. Schema `status`.
Events in: somlos.applications.application.v1 (`application.submitted`, `application.status-changed`).
Events out: `access.logged`.
A date is shown only where the law gives a length that can be counted. Where it gives none, its words are shown.
"""
