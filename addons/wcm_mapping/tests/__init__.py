from . import (
    test_access,
    test_capability_search,
    test_capacity,
    test_facility,
    test_geo,
    test_gogocarto,
    test_import,
    test_import_profile,
    test_map_view,
    test_open_data,
    test_publication,
    test_readers,
)
