from . import wcm_inspection_correct
from . import wcm_nonconformity_decide
from . import wcm_nonconformity_rework
