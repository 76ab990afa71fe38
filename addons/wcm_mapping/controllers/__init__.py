from . import claim, confirmation, open_data, operator, operator_audit, spaces, suggestions, survey, vocabularies
from . import claim, confirmation, open_data, operator, operator_audit, spaces, survey, vocabularies
from . import claim, confirmation, open_data, operator, spaces, suggestions, survey, vocabularies
from . import claim, confirmation, open_data, operator, person, spaces, survey, vocabularies
from . import claim, confirmation, open_data, operator, operator_audit, person, spaces, suggestions, survey, vocabularies
