import base64
import io

from PIL import Image

from odoo import Command
from odoo.tests import TransactionCase


def picture():
    """The smallest photo that Odoo takes for one."""
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(stream, "JPEG")
    return base64.b64encode(stream.getvalue())


class QualityCase(TransactionCase):
    """Two members, a block with a control plan, and the people who make, check and decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.region = cls.env["wcm.region"].create({"name": "Bristol", "code": "bristol-qc"})
        cls.knowle_west = cls._membership("Knowle West")
        cls.kendal = cls._membership("Kendal")
        cls.maker = cls._member_user("maker", cls.knowle_west)
        cls.colleague = cls._member_user("colleague", cls.knowle_west)
        cls.rival = cls._member_user("rival", cls.kendal)
        cls.coordinator = cls._user("qc_coordinator", "wcm_network.group_coordinator")
        cls.region.coordinator_ids = cls.coordinator
        cls.lead = cls._user("lead", "wcm_qc.group_quality_lead")
        cls.second_lead = cls._user("second_lead", "wcm_qc.group_quality_lead")
        cls.category = cls.env["product.category"].create({"name": "Blocks"})
        cls.block = cls.env["product.product"].create(
            {"name": "Wall block", "is_storable": True, "tracking": "serial", "categ_id": cls.category.id}
        )
        cls.order = cls._work_order(cls.knowle_west)
        cls.stock = cls.env.ref("stock.warehouse0").lot_stock_id

    @classmethod
    def _user(cls, login, group):
        return cls.env["res.users"].create(
            {"name": login.title(), "login": login, "password": login, "group_ids": [Command.set(cls.env.ref(group).ids)]}
        )

    @classmethod
    def _member_user(cls, login, membership):
        user = cls._user(login, "wcm_network.group_member_factory")
        membership.user_ids |= user
        return user

    @classmethod
    def _membership(cls, name):
        operator = cls.env["res.partner"].create({"name": f"{name} CIC", "is_company": True})
        facility = cls.env["wcm.facility"].create({"name": name, "region_id": cls.region.id, "operator_id": operator.id})
        return cls.env["wcm.membership"].create({"facility_id": facility.id, "state": "active", "code": name[:3].upper()})

    @classmethod
    def _work_order(cls, membership):
        address = cls.env["res.partner"].create({"name": "Site"})
        site = cls.env["wcm.site"].create({"name": "Site", "code": f"S{membership.id}", "partner_id": address.id, "region_id": cls.region.id})
        build = cls.env["wcm.build"].create({"name": "Studio", "site_id": site.id, "date_required": "2026-06-01"})
        line = cls.env["wcm.build.line"].create(
            {"build_id": build.id, "product_id": cls.block.id, "quantity": 10, "date_required": "2026-06-01"}
        )
        return cls.env["wcm.work.order"].create({
            "build_line_id": line.id, "membership_id": membership.id, "quantity": 10, "date_due": "2026-05-20", "state": "released",
        })

    @classmethod
    def make_plan(cls, *checkpoints, approve=True, **values):
        """An approved final check of the wall block; by default a thickness, a photo and a look, with a hold."""
        plan = cls.env["wcm.control.plan"].create({
            "name": "Wall block",
            "product_ids": cls.block.ids,
            "checkpoint_ids": [Command.create(checkpoint) for checkpoint in checkpoints or cls.checkpoints()],
            **values,
        })
        if approve:
            plan.with_user(cls.lead).action_approve()
        return plan

    @classmethod
    def checkpoints(cls):
        return (
            {"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "point_type": "hold", "sequence": 1},
            {"name": "Photo of the face", "kind": "photo", "sequence": 2},
            {"name": "Edges clean", "kind": "pass_fail", "sequence": 3},
        )

    @classmethod
    def new_part(cls, name, order=None):
        order = order or cls.order
        lot = cls.env["stock.lot"].create({"name": name, "product_id": order.product_id.id})
        return cls.env["wcm.part"].create({"lot_id": lot.id, "work_order_id": order.id})

    @classmethod
    def make_part(cls, name, order=None, by=None):
        """A part as its maker has just recorded it."""
        part = cls.new_part(name, order)
        part.write({"state": "made", "made_on": "2026-05-01 10:00:00", "made_by_id": (by or cls.maker).id})
        return part

    def put_in_stock(self, part, location=None):
        """As if received long ago: the quant, without the move that the gate would stop."""
        return self.env["stock.quant"].create({
            "product_id": part.product_id.id, "lot_id": part.lot_id.id, "quantity": 1, "location_id": (location or self.stock).id,
        })

    def fill_in(self, inspection, user, thickness="18.1", edges="pass"):
        lines = inspection.with_user(user).line_ids
        lines.filtered(lambda line: line.kind == "measurement").reading = thickness
        lines.filtered(lambda line: line.kind == "photo").photo = picture()
        lines.filtered(lambda line: line.kind == "pass_fail").passed_by_hand = edges

    def check(self, part, user, **results):
        """Fill in the open inspection of a part and close it."""
        inspection = part.inspection_ids.filtered(lambda check: check.state == "open")
        self.fill_in(inspection, user, **results)
        inspection.with_user(user).action_close()
        return inspection

    def failed_part(self, name):
        """A part whose thickness was wrong; the nonconformity was opened by the colleague's check."""
        part = self.make_part(name)
        self.check(part, self.colleague, thickness="19")
        return part, part.nonconformity_ids
