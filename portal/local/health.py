"""`python -m portal.local.health`: 0 when the web of this container answers, for its healthcheck.

It asks as the proxy does, so that neither the redirect to TLS nor the check of the host answers.
"""

import os
import sys
import urllib.request

PORT = 8000


def is_healthy(port: int = PORT) -> bool:
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].lstrip(".")
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/account/login/",
        headers={"Host": host, "X-Forwarded-Proto": "https"},
    )
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_healthy() else 1)
