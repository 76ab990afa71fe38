from . import test_home_made_by_the_network
from . import test_apply_to_leave
from . import test_terms_change_mid_orders
