"""Does the site in this container answer? ``python -m tools.healthcheck`` exits with 0 if it does."""

import http.client
import os
import sys

PORT = 8000


def main() -> int:
    """Ask for the page where editors log in, as the proxy in front would."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=4)
    try:
        connection.request("GET", "/admin/login/", headers={"Host": host, "X-Forwarded-Proto": "https"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        print(f"The site does not answer: {error}")
        return 1
    if status != 200:
        print(f"The site answers with status {status}.")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
