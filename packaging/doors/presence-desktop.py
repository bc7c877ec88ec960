"""What the frozen `presence-desktop` runs."""

import sys

from presence_desktop.__main__ import main

sys.exit(main())
