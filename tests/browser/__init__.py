from . import test_coordinator
