from . import test_control_plan
from . import test_inspection
from . import test_inspection_line
from . import test_nonconformity
from . import test_part_quality
from . import test_quality_access
from . import test_quality_rpc
from . import test_stock_gate
