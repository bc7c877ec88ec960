"""What the frozen `presence-server` runs."""

import sys

from presence_desktop.__main__ import server

sys.exit(server())
