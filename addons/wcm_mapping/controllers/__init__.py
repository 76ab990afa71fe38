from . import claim, confirmation, open_data, operator, operator_audit, spaces, survey, vocabularies
