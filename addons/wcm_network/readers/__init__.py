from .block_figures import read_block_figures
from .part_list import PartRow, block_code, read_part_list
