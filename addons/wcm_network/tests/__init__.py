from . import test_part_list_import
from . import test_grant_workbook
