from . import test_coordinator
from . import test_site_receipt
