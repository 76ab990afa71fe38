from . import test_part_list_import
