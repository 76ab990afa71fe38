from . import test_build
from . import test_grant_workbook
from . import test_membership
from . import test_part_list_import
from . import test_plan
from . import test_site
from . import test_terms
from . import test_work_order_offer
