from . import wcm_audit_evidence, wcm_audit_evidence_line, wcm_kit_proposal, wcm_kit_proposal_line, wcm_person_request, wcm_person_request_line, wcm_publication_wizard
