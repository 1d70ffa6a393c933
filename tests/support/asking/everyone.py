"""Routes for everyone."""

from tests.support.asking.table import public

public("GET /mapping/v1/facts")
public("GET /catalog/v1/services")
public("GET /catalog/v1/services/{service_id}", service_id="hjelpestonad")
public("GET /applications/v1/forms")
public("GET /applications/v1/forms/{form_id}", form_id="hjelpestonad")
public("GET /rights/v1/rules")
public("GET /rights/v1/rules/{right_id}", right_id="hjelpestonad")
public("GET /rights/v1/facts")
public("GET /rights/v1/municipalities/{municipality}/rules", municipality="3403")
public("GET /rights/v1/schemas/because")
public(
    "POST /rights/v1/evaluations",
    json={
        "at": "2026-11-24",
        "facts": {
            "birth_date": "2018-03-02",
            "lives_in_norway": True,
            "care_need_level": "extensive",
            "number_of_children": 2,
        },
        "not_known": ["condition_permanent"],
    },
)
