"""Makers for the tests of wcm_network: two members, a site, a build and its kit."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user

BRISTOL = {"latitude": 51.4183, "longitude": -2.6049}
BARROW = {"latitude": 54.1107, "longitude": -3.2265}


class NetworkCase(TransactionCase):
    """`cls.alder` (Bristol, a community business) and `cls.birch` (Cumbria, a company) are active
    members with terms accepted; each has one person with a login (`alder_user`, `birch_user`).

    The build needs 8 of `cls.block` and 4 of `cls.beam` at a site in Bristol in six weeks. Both are
    made by subcontract bills of materials: block -> 2 parts -> sheet; beam -> sheet.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.company = cls.env.company
        cls.routing = cls.env.ref("wcm_mapping.process_cnc_routing")
        cls.assembly = cls.env.ref("wcm_mapping.process_assembly")
        cls.env["ir.config_parameter"].set_param("wcm_network.first_pieces", "False")  # members know these components
        cls._set_up_people()
        cls._set_up_terms()
        cls._set_up_members()
        cls._set_up_components()
        cls._set_up_build()

    @classmethod
    def _set_up_people(cls):
        cls.manager = cls.make_user("manager_t", "wcm_network.group_manager")
        cls.coordinator = cls.make_user("coordinator_t", "wcm_network.group_coordinator")
        cls.other_coordinator = cls.make_user("coordinator_o", "wcm_network.group_coordinator")
        cls.bristol, cls.cumbria = cls.env["wcm.region"].create(
            [
                {"name": "Test Bristol", "code": "t_bristol", "coordinator_ids": [Command.set(cls.coordinator.ids)]},
                {"name": "Test Cumbria", "code": "t_cumbria", "coordinator_ids": [Command.set(cls.other_coordinator.ids)]},
            ]
        )

    @classmethod
    def _set_up_terms(cls):
        cls.terms = cls.make_terms("1")
        cls.terms.action_approve()

    @classmethod
    def _set_up_members(cls):
        cls.alder = cls.make_member("Alder Works", cls.bristol, "community_business", BRISTOL, rates=(40, 24))
        cls.birch = cls.make_member("Birch Joinery", cls.cumbria, "sme", BARROW, rates=(36, 20))
        cls.alder_user, cls.birch_user = cls.alder.user_ids, cls.birch.user_ids

    @classmethod
    def _set_up_components(cls):
        cls.sheet = cls.make_product("T-SHEET", "Test ply sheet", tracking="lot")
        cls.part = cls.make_product("T-PART", "Test part", is_storable=False)
        cls.block = cls.make_product("W-T-1", "Test wall block", tracking="serial")
        cls.beam = cls.make_product("R-T-1", "Test roof beam", tracking="serial")
        cls.part_bom = cls.make_bom(cls.part, "phantom", {cls.sheet: 0.5})
        cls.block_bom = cls.make_bom(cls.block, "subcontract", {cls.part: 2}, minutes=(40, 45))
        cls.beam_bom = cls.make_bom(cls.beam, "subcontract", {cls.sheet: 2}, minutes=(60, 30))

    @classmethod
    def _set_up_build(cls):
        cls.site = cls.env["wcm.site"].create(
            {
                "name": "Test Meadow",
                "code": "TM",
                "partner_id": cls.env["res.partner"].create({"name": "Test Meadow", "city": "Bristol"}).id,
                "region_id": cls.bristol.id,
                **BRISTOL,
            }
        )
        cls.monday = cls.env["wcm.plan"]._next_monday()
        cls.build = cls.make_build("Test home", {cls.block: 8, cls.beam: 4})
        cls.block_line, cls.beam_line = cls.build.line_ids

    @classmethod
    def make_user(cls, login, groups, **values):
        return new_test_user(cls.env, login, groups=groups, **values)

    @classmethod
    def make_terms(cls, version, **values):
        return cls.env["wcm.terms"].create({"name": "Test terms", "version": f"test {version}", "body": "<p>Be fair.</p>", "notice_days": 0, **values})

    @classmethod
    def make_facility(cls, name, region, organisation_type, place, rates=(40, 24), bed=(2500, 1300, 100)):
        """A space with CNC routing and assembly; rates are per clock hour."""
        facility = cls.env["wcm.facility"].create(
            {
                "name": name,
                "operator_id": cls.env["res.partner"].create({"name": f"{name} Ltd", "is_company": True}).id,
                "organisation_type": organisation_type,
                "region_id": region.id,
                "location_precision": "exact",
                **place,
            }
        )
        for process, rate, envelope in zip((cls.routing, cls.assembly), rates, (bed, (0, 0, 0)), strict=True):
            cls.make_capability(facility, process, rate, envelope)
        return facility

    @classmethod
    def make_capability(cls, facility, process, rate, envelope, **values):
        envelopes = {f"envelope_{axis}_mm": length for axis, length in zip("xyz", envelope, strict=True)}
        return cls.env["wcm.capability"].create(
            {
                "facility_id": facility.id,
                "process_id": process.id,
                "cost_per_hour": rate,
                "tolerance_mm": 0.3,
                "share_offered": 0.5,
                "calendar_id": cls.env["resource.calendar"].create({"name": "Test week", "tz": "UTC"}).id,
                **envelopes,
                **values,
            }
        )

    @classmethod
    def make_member(cls, name, region, organisation_type, place, **facility_values):
        """An active member with a person who accepted the terms in force."""
        facility = cls.make_facility(name, region, organisation_type, place, **facility_values)
        member = cls.env["wcm.membership"].create({"facility_id": facility.id})
        login = name.split()[0].lower()
        user = member._create_portal_user(f"{login}@example.com", f"{name.split()[0]} Person", password=f"{login}-password")
        member.with_user(user).action_accept_terms()
        member.action_review()
        member.action_admit()
        member.action_activate()
        return member

    @classmethod
    def make_product(cls, code, name, **values):
        return cls.env["product.product"].create(
            {"name": name, "default_code": code, "type": "consu", "is_storable": True, "design_revision": "v1", **values}
        )

    @classmethod
    def make_bom(cls, product, kind, components, minutes=None):
        """:param minutes: standard minutes a unit of CNC routing and of assembly"""
        bom = cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "type": kind,
                "bom_line_ids": [
                    Command.create({"product_id": component.id, "product_qty": quantity})
                    for component, quantity in components.items()
                ],
            }
        )
        for process, time in zip((cls.routing, cls.assembly), minutes or (), strict=False):
            cls.make_requirement(bom, process, time)
        return bom

    @classmethod
    def make_requirement(cls, bom, process, minutes):
        sheet = {"envelope_x_mm": 1220, "envelope_y_mm": 2440, "envelope_z_mm": 18, "tolerance_mm": 0.5, "setup_minutes": 15}
        return cls.env["wcm.process.requirement"].create(
            {
                "bom_id": bom.id,
                "process_id": process.id,
                "minutes_per_unit": minutes,
                **(sheet if process == cls.routing else {}),
            }
        )

    @classmethod
    def make_build(cls, name, quantities, weeks=6):
        """Needed on site so many weeks after the first Monday that can be planned."""
        return cls.env["wcm.build"].create(
            {
                "name": name,
                "site_id": cls.site.id,
                "date_required": cls.monday + timedelta(weeks=weeks),
                "line_ids": [
                    Command.create({"product_id": product.id, "quantity": quantity})
                    for product, quantity in quantities.items()
                ],
            }
        )

    @classmethod
    def make_plan(cls, builds=None, **values):
        return cls.env["wcm.plan"].create(
            {
                "name": "Test plan",
                "build_ids": [Command.set((cls.build if builds is None else builds).ids)],
                "start_date": cls.monday,
                "weeks": 8,
                "seconds": 10,
                **values,
            }
        )

    @classmethod
    def make_order(cls, member, line, quantity, state="draft", **values):
        """A work order in a state, however it came there."""
        order = cls.env["wcm.work.order"].create(
            {
                "membership_id": member.id,
                "build_line_id": line.id,
                "bom_id": cls.env["wcm.plan"]._boms(line.product_id)[line.product_id].id,
                "quantity": quantity,
                "price_unit": 50,
                "date_start": cls.monday,
                "date_due": cls.monday + timedelta(weeks=2, days=4),
                "offer_expires_on": fields.Date.today() + timedelta(days=7),
                **values,
            }
        )
        if state != "draft":
            order.sudo().write({"state": state})
        return order


class MakingCase(NetworkCase):
    """Orders that are agreed, released, made and shipped; the hub has two lots of sheets, `SH-A` and `SH-B`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet.route_ids = [Command.link(cls.env.ref("mrp_subcontracting.route_resupply_subcontractor_mto").id)]
        cls.hub = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.lot_a, cls.lot_b = (cls.make_sheets(name, 50) for name in ("SH-A", "SH-B"))

    @classmethod
    def make_sheets(cls, name, quantity, location=None, product=None):
        """A lot of sheets in the hub's stock, or elsewhere."""
        product = product or cls.sheet
        lot = cls.env["stock.lot"].create({"name": name, "product_id": product.id, "company_id": cls.company.id})
        cls.env["stock.quant"]._update_available_quantity(product, location or cls.hub.lot_stock_id, quantity, lot_id=lot)
        return lot

    @classmethod
    def make_released(cls, member, line, quantity):
        order = cls.make_order(member, line, quantity, state="accepted")
        order.with_user(cls.manager).action_release()
        return order

    @classmethod
    def supply(cls, orders):
        """The hub sends the sheets: Odoo's own transfers, reserved and validated."""
        pickings = orders._resupply_pickings().filtered(lambda picking: picking.state not in ("done", "cancel"))
        pickings.action_assign()
        pickings.move_ids.picked = True
        pickings.button_validate()
        return pickings

    @classmethod
    def make_made(cls, member, line, quantity, sheet_lots="SH-A"):
        order = cls.make_released(member, line, quantity)
        cls.supply(order)
        order.with_user(member.user_ids).action_start()
        order.part_ids.with_user(member.user_ids).action_mark_made(sheet_lots)
        return order

    @classmethod
    def make_dispatched(cls, member, line, quantity):
        order = cls.make_made(member, line, quantity)
        order.part_ids.with_user(member.user_ids).action_pack()
        shipment = order.part_ids.shipment_id
        shipment.with_user(member.user_ids).action_dispatch()
        return shipment
