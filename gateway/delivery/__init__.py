"""Delivery: the way out to partners. Each partner organisation hears of the cases it is party to, on a topic of its own.

Owns: who is party to an application, which complaints have gone on to an appeal body, what is still to be told, and the numbering of each partner's events. Schema: gateway.
Events in: no.somlos.application.submitted.v1, …status-changed.v1, …decided.v1 (kept in order, gap by gap), no.somlos.complaint.filed.v1,
…received.v1, …reassessed.v1, …forwarded.v1, …decided.v1, …withdrawn.v1 (likewise), no.somlos.delivery.due.v1, …complaint-due.v1
(its own: something waits; whom to tell is fetched by reference from applications, status and mapping), no.somlos.person.erased.v1.
Events out, thin, on partner.<orgnr>.events.v1: no.somlos.partner.application-submitted.v1, …-status-changed.v1, …-decided.v1,
no.somlos.partner.complaint-changed.v1 (the authority from the filing, the appeal body from the forwarding).
A person is named by the organisation's own pseudonym only.
Runs as a worker of its own, or beside the door on one machine; has no routes.
"""
