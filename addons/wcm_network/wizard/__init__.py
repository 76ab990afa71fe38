from . import wcm_part_list_import
from . import wcm_part_list_import_line
