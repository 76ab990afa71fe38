from . import grant
from . import workshop
from . import bench
from . import bench_page
from . import part
from . import pipeline
from . import plan_compare
from . import missing
