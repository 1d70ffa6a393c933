"""`python -m deploy.local.register`."""

import uvicorn

from deploy.local.register.settings import RegisterSettings

if __name__ == "__main__":
    uvicorn.run(
        "deploy.local.register.main:from_environment",
        factory=True,
        host="127.0.0.1",
        port=RegisterSettings().register_port,
        access_log=False,
    )
