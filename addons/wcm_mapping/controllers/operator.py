import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.wcm_capability_proposal import PROPOSED
from ..models.wcm_facility_operator import KIT, LISTING
from .confirmation import private
from .public_page import PublicPage

LOOK = {"type": "http", "auth": "user", "methods": ["GET"], "sitemap": False}
SEND = {"type": "http", "auth": "user", "methods": ["POST"], "sitemap": False, "max_content_length": 16 * 1024 * 1024}
CONTACT = ("website", "email", "phone")
PUBLISHED = ("visibility", "published_precision", "publish_contact", "publish_kit", "publish_evidence", "publish_capacity")
PLACE = ("street", "street2", "city", "county", "zip")


class OperatorPortal(CustomerPortal):
    def _prepare_portal_layout_values(self):
        spaces = request.env["wcm.facility"]._operator_spaces()
        return {**super()._prepare_portal_layout_values(), "keeps_spaces": len(spaces)}


class OperatorPages(PublicPage, http.Controller):
    """Where operators keep their own listing. The methods of the space decide what may be written."""

    @http.route("/my/spaces", **LOOK)
    def my_spaces(self):
        spaces = request.env["wcm.facility"]._operator_spaces()
        if len(spaces) == 1:
            return request.redirect(f"/my/spaces/{spaces.id}")
        return self._show("wcm_mapping.operator_spaces", spaces=spaces)

    @http.route("/my/spaces/<int:facility_id>", **LOOK)
    def my_space(self, facility_id, done=""):
        facility = self._own(facility_id)
        return self._show("wcm_mapping.operator_space", facility=facility, done=done, **self._space_values(facility))

    @http.route("/my/spaces/<int:facility_id>/confirm", **SEND)
    def confirm_listing(self, facility_id, **_sent):
        facility = self._own(facility_id)
        facility._operator_confirm()
        return self._back(facility, "confirmed")

    @http.route("/my/spaces/<int:facility_id>/edit", **LOOK)
    def edit_listing(self, facility_id):
        return self._listing_page(self._own(facility_id))

    @http.route("/my/spaces/<int:facility_id>/edit", **SEND)
    def listing_sent(self, facility_id, **_sent):
        facility = self._own(facility_id)
        error = self._try(lambda sent, photo: facility._operator_save(sent, photo))
        return self._listing_page(facility, error) if error else self._back(facility, "saved")

    @http.route(["/my/spaces/<int:facility_id>/kit/new", "/my/spaces/<int:facility_id>/kit/<int:equipment_id>"], **LOOK)
    def edit_kit(self, facility_id, equipment_id=None, machine=""):
        facility = self._own(facility_id)
        return self._kit_page(facility, self._own_kit(facility, equipment_id), machine=machine)

    @http.route(["/my/spaces/<int:facility_id>/kit/new", "/my/spaces/<int:facility_id>/kit/<int:equipment_id>"], **SEND)
    def kit_sent(self, facility_id, equipment_id=None, **_sent):
        facility = self._own(facility_id)
        equipment = self._own_kit(facility, equipment_id)
        error = self._try(lambda sent, photo: facility._operator_save_kit(equipment, sent, photo))
        return self._kit_page(facility, equipment, error) if error else self._back(facility, "saved", "#kit")

    @http.route("/my/spaces/<int:facility_id>/kit/<int:equipment_id>/retire", **SEND)
    def retire_kit(self, facility_id, equipment_id, back="", **_sent):
        facility = self._own(facility_id)
        facility._operator_retire(self._own_kit(facility, equipment_id), active=back == "1")
        return self._back(facility, "saved", "#kit")

    @http.route("/my/spaces/<int:facility_id>/propose", **LOOK)
    def propose(self, facility_id):
        return self._propose_page(self._own(facility_id))

    @http.route("/my/spaces/<int:facility_id>/propose", **SEND)
    def proposal_sent(self, facility_id, **_sent):
        facility = self._own(facility_id)
        error = self._try(lambda sent, photo: facility._operator_propose(sent))
        return self._propose_page(facility, error) if error else self._back(facility, "proposed", "#capability")

    @http.route("/my/spaces/<int:facility_id>/photo", **LOOK)
    def listing_photo(self, facility_id):
        return self._file(self._own(facility_id).image_512)

    @http.route("/my/spaces/<int:facility_id>/kit/<int:equipment_id>/photo", **LOOK)
    def kit_photo(self, facility_id, equipment_id):
        return self._file(self._own_kit(self._own(facility_id), equipment_id).photo)

    def _space_values(self, facility):
        """Hook: what the page of a space shows."""
        return {"facts": [fact for fact in facility._listed_facts() if fact[1]], "kit": self._all_kit(facility)}

    def _own(self, facility_id):
        """Another's space answers like one that does not exist."""
        facility = request.env["wcm.facility"]._operator_spaces().filtered(lambda space: space.id == facility_id)
        if not facility:
            raise NotFound("You do not keep this listing.")
        return facility

    def _own_kit(self, facility, equipment_id):
        """:param equipment_id: None for a machine that is not there yet"""
        equipment = facility._operator_equipment(equipment_id)
        if equipment_id is not None and not equipment:
            raise NotFound("This machine is not on your listing.")
        return equipment

    def _all_kit(self, facility):
        kit = facility.env["maintenance.equipment"].with_context(active_test=False)
        return kit.search([("facility_id", "=", facility.id)], order="active desc, name, id")

    def _try(self, save):
        """Nothing when what the page sent is written; otherwise what is wrong with it, and nothing is written."""
        form = request.env["wcm.operator.form"]
        try:
            with request.env.cr.savepoint():
                save(request.httprequest.form, form._read_photo(request.httprequest.files.get("photo")))
        except UserError as error:
            return str(error)
        return ""

    def _listing_page(self, facility, error=""):
        groups = [
            ("Where", PLACE),
            ("Contact", CONTACT),
            ("What anybody may see", PUBLISHED),
        ]
        rest = [name for name in LISTING if name not in (*PLACE, *CONTACT, *PUBLISHED)]
        return self._form_page(facility, facility, [("The space", rest), *groups], error, title=facility.name, photo_of=facility.image_128 and "photo")

    def _kit_page(self, facility, equipment, error="", machine=""):
        shown = equipment or self._new_kit(facility, machine)
        sizes = [name for name in KIT if name.endswith(("_mm", "_kw", "_rpm", "_class"))]
        groups = [
            ("The machine", [name for name in KIT if name not in (*sizes, "machine_model_id", "material_ids")]),
            ("What fits on it", sizes),
            ("Materials", ["material_ids"]),
        ]
        models = facility.env["wcm.machine.model"].search([])
        photo_of = equipment.photo and f"kit/{equipment.id}/photo"
        title = equipment.name or request.env._("Add a machine")
        return self._form_page(facility, shown, groups, error, title=title, equipment=equipment, models=models, photo_of=photo_of, machine=shown.machine_model_id)

    def _new_kit(self, facility, machine):
        """An empty machine, or one as its maker sells it."""
        kit = facility.env["maintenance.equipment"].new({"quantity": 1})
        kit.machine_model_id = int(machine) if machine.isascii() and machine.isdigit() and len(machine) < 10 else False
        if kit.machine_model_id.exists():
            kit._onchange_machine_model_id()
        return kit

    def _propose_page(self, facility, error=""):
        shown = facility.env["wcm.capability.proposal"].new({"machine_count": 1})
        groups = [("What we can do", PROPOSED)]
        return self._form_page(facility, shown, groups, error, title=request.env._("Propose a capability"), photo=False)

    def _form_page(self, facility, record, groups, error="", photo=True, **shown):
        fields = [(legend, self._asked(record, names, error)) for legend, names in groups]
        asked = [name for _legend, names in groups for name in names]
        seen = request.env["wcm.operator.form"].sudo()._seen(record, asked) if record.ids else False
        values = {"equipment": None, "models": None, "photo_of": False, "machine": None, "seen": seen, **shown}
        return self._show("wcm_mapping.operator_form", facility=facility, fields=fields, error=error, photo=photo, **values)

    def _asked(self, record, names, error=""):
        """What a form asks; after an error, with what was sent."""
        form, sent = request.env["wcm.operator.form"].sudo(), request.httprequest.form if error else None
        if sent is not None and record.ids:
            sent = form._own_words(record, names, sent)
        return form._inputs(record, names, sent)

    def _show(self, template, **values):
        return private(self._respond(template, {**self._common(), **values}, "frame-ancestors 'none'"))

    def _back(self, facility, done, part=""):
        return request.redirect(f"/my/spaces/{facility.id}?done={done}{part}", code=303)

    def _file(self, content):
        """A picture; what a browser could run is never sent as itself."""
        if not content:
            raise NotFound("There is no picture.")
        data = base64.b64decode(content)
        headers = [("Content-Type", guess_mimetype(data)), ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'none'")]
        return private(request.make_response(data, headers))
