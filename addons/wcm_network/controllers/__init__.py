from . import grant
from . import workshop
