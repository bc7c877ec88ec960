"""An hour of people coming, changing, beating and leaving: memory must stay flat. `make soak`.

    python -m tests.bench.soak [--minutes 60] [--clients 300]

Each cycle signs everybody in, has them change and beat for some seconds, and lets them vanish. Memory is read at the
end of each cycle; the exit status tells whether the median of the last third is within 3 % of that of the second.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.contenders import build_native, ours
from tests.bench.further import resident
from tests.bench.load import load, raise_limits

TOLERANCE = 1.03


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--clients", type=int, default=300)
    arguments = parser.parse_args()
    raise_limits()
    build_native()
    seen: list[int] = []
    end = time.monotonic() + arguments.minutes * 60
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder), arguments.clients) as running:
        while time.monotonic() < end or len(seen) < 6:
            for mode, options in (("fan", {"w": 16, "k": 16}), ("hb", {}), ("rate", {"r": 50})):
                load(running, Path(folder), mode, clients=arguments.clients, seconds=3, **options)
            seen.append(resident(running.pids))
            print(f"cycle {len(seen)}: {seen[-1] / 1000:.1f} MB", flush=True)
    third = len(seen) // 3
    before, after = median(seen[third : 2 * third]), median(seen[2 * third :])
    print(
        f"{len(seen)} cycles: {before / 1000:.1f} MB in the second third, {after / 1000:.1f} MB in the last"
    )
    return 0 if after <= before * TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
