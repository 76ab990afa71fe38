from . import open_data, spaces, survey
