from . import wcm_audit_evidence, wcm_audit_evidence_line
