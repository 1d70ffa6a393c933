"""Routes for everyone."""

from tests.support.asking.table import public

public("GET /mapping/v1/facts")
public("GET /catalog/v1/services")
public("GET /catalog/v1/services/{service_id}", service_id="hjelpestonad")
public("GET /applications/v1/forms")
public("GET /applications/v1/forms/{form_id}", form_id="hjelpestonad")
