"""A capacitated location instance as problem.json: `python bench/convert_cflp.py IN OUT [CAPACITY]`.

CAPACITY stands for the word in capa, capb, capc.
"""

import sys

from published_instances import cflp, convert

if __name__ == "__main__":
    sys.exit(convert(cflp, "convert_cflp.py IN OUT [CAPACITY]", sys.argv[1:]))
