from . import claim, confirmation, open_data, operator, spaces, survey
from . import confirmation, open_data, spaces, survey, vocabularies
from . import claim, confirmation, open_data, operator, operator_audit, spaces, survey
