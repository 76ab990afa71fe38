from . import wcm_taxonomy  # processes and materials inherit it

# isort: split
from . import (
    ir_actions_act_window_view,
    ir_http,
    ir_ui_view,
    maintenance_equipment,
    wcm_capability,
    wcm_capability_match,
    wcm_capability_search,
    wcm_capability_search_answers,
    wcm_capacity,
    wcm_facility,
    wcm_facility_import,
    wcm_facility_import_line,
    wcm_facility_publication,
    wcm_import_profile,
    wcm_import_profile_line,
    wcm_material,
    wcm_process,
    wcm_region,
)
