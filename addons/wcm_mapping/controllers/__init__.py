from . import confirmation, open_data, spaces, survey
