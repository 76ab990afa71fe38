"""A generalized assignment instance as problem.json: `python bench/convert_gap.py IN OUT`."""

import sys

from published_instances import convert, gap

if __name__ == "__main__":
    sys.exit(convert(gap, "convert_gap.py IN OUT", sys.argv[1:]))
