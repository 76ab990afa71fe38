from . import claim, confirmation, open_data, operator, spaces, survey
