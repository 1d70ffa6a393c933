"""`python -m deploy.local.issuer`."""

import uvicorn

from deploy.local.issuer.settings import IssuerSettings

if __name__ == "__main__":
    uvicorn.run(
        "deploy.local.issuer.main:create",
        factory=True,
        host="127.0.0.1",
        port=IssuerSettings().issuer_port,
        access_log=False,
    )
