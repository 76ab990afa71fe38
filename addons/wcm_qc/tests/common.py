"""Makers for the tests of wcm_qc, on top of those of wcm_network."""

import base64
import io

from PIL import Image

from odoo import Command

from odoo.addons.wcm_network.tests.common import NetworkCase


def picture():
    """The smallest photo that Odoo takes for one."""
    stream = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(stream, "JPEG")
    return base64.b64encode(stream.getvalue())


class QualityCase(NetworkCase):
    """Alder Works makes wall blocks: `maker` makes them, `colleague` works there too, `rival` at Birch.

    `lead` and `second_lead` are quality leads; `order` is in production at Alder.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maker = cls.alder_user
        cls.colleague = cls.alder._create_portal_user("colleague@example.com", "Colleague", password="colleague-password")
        cls.rival = cls.birch_user
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.second_lead = cls.make_user("second_lead_t", "wcm_qc.group_quality_lead")
        cls.order = cls.make_order(cls.alder, cls.block_line, 8, state="in_production")
        cls.rival_order = cls.make_order(cls.birch, cls.block_line, 8, state="in_production")
        cls.beam_order = cls.make_order(cls.alder, cls.beam_line, 4, state="in_production")
        cls.stock = cls.env.ref("stock.warehouse0").lot_stock_id

    @classmethod
    def make_control_plan(cls, *checkpoints, approve=True, **values):
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
