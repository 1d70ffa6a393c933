"""applications: an application filled in once, with what is already known, and sent to whoever decides it.

Owns: form definitions, applications (draft to decision), their frozen snapshots, attachments, the authorities' inbox, requests for
documentation, decisions. Schema `applications`.
Reads by reference: a child's profile, from mapping, to fill in a draft and to route a submission.
Events out: `application.submitted`, `.status-changed`, `.decided` on somlos.applications.application.v1; `access.logged`.
Events in: `complaint.*` of status: one that changes a decision is marked on it (`superseded_by`); `person.erased` of mapping.
A draft holds values with their source; submitting freezes them. The profile may change afterwards, the application does not.
"""
