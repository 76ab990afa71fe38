from . import open_data, survey
