from . import claim, confirmation, open_data, operator, operator_audit, spaces, suggestions, survey, vocabularies
