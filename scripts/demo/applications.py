"""Somebody would like to join: an application waits for the coordinator of Bristol."""

import base64

from people import user

from odoo import fields

PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def let_somebody_apply(env):
    """An organisation that is made up, with one of two papers, and a review that has begun (illustrative)."""
    coordinator = user(env, "coordinator")
    bristol = env.ref("wcm_mapping.region_bristol")
    space = env["wcm.facility"].search([("region_id", "=", bristol.id), ("membership_ids", "=", False), ("visibility", "=", "public")], order="id", limit=1)
    application = env["wcm.membership.application"].with_user(coordinator).create({
        "name": "Filwood Frames (made up)", "organisation_type": "cooperative", "facility_id": space.id, "region_id": bristol.id, "hours": 24,
        "process_ids": [(6, 0, env.ref("wcm_mapping.process_cnc_routing").ids)], "kit": "CNC router, 1.3 by 2.5 m; panel saw", "wants": "Wall blocks first; roof beams when we know how.",
        "contact_name": "Ines Example", "contact_role": "workshop manager", "contact_email": "ines@filwood.example",
    })
    env["wcm.application.document"].with_user(coordinator).create({
        "application_id": application.id, "kind_id": env.ref("wcm_network.document_public_liability").id, "issuer": "Example Mutual", "number": "PL-0000",
        "expires_on": fields.Date.add(fields.Date.today(), months=7), "document": base64.b64encode(PAPER), "document_name": "public liability.pdf",
    })
