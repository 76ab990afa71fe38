from . import test_coordinator
from . import test_duplicates
from . import test_member
from . import test_public
from . import test_site_receipt
from . import test_week_grid
