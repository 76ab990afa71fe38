from . import test_home_made_by_the_network
