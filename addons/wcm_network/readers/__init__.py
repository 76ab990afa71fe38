from .block_figures import read_block_figures
from .block_quantities import read_block_quantities
from .okh import OkhKit, read_okh
from .part_list import PartRow, block_code, read_part_list
from .pipeline import COLUMNS as PIPELINE_COLUMNS
from .pipeline import PipelineRow, read_pipeline
from .workbook import as_csv
