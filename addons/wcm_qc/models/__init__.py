from . import wcm_checkpoint
from . import wcm_control_plan
from . import wcm_inspection
from . import wcm_inspection_line
from . import wcm_nonconformity
