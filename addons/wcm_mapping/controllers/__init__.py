from . import claim, confirmation, open_data, operator, operator_audit, person, spaces, suggestions, survey, vocabularies
