"""status: one overview for each child over all agencies: every case, where it stands, what is awaited from whom, and what the law says about the answer;
and complaints (klage), from the family by way of whoever decided to the appeal body.

Owns: the timeline of each case, as a projection; complaints; deadlines as data, and their arithmetic. Schema `status`.
Events in: somlos.applications.application.v1 (`application.submitted`, `application.status-changed`, `application.decided`); `person.erased` of mapping.
Events out: somlos.status.complaint.v1 (`complaint.filed`, `.received`, `.reassessed`, `.forwarded`, `.decided`, `.withdrawn`), `access.logged`.
Asks: mapping for what an organisation calls a child; applications for the authority of a protected child's application.
A date is shown only where the law gives a length that can be counted. Where it gives none, its words are shown.
"""
