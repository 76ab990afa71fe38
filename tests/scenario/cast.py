"""Who is in the story: eight real places from the map, with kit and prices made up for the test."""

from odoo import Command
from odoo.tests import HttpCase, new_test_user

# name on the map, region, organisation type, GBP per hour at the router, at the bench
CAST = (
    ("Fablab Bristol - Saint Gobain", "bristol", "sme", 34, 23),
    ("Fab Lab Cardiff", "bristol", "education", 36, 24),
    ("BEC Fab Lab", "cumbria", "social_enterprise", 38, 23),
    ("The Making Rooms", "cumbria", "community_business", 37, 22),
    ("Barclays Eagle Labs Bournemouth", "dorset", "sme", 35, 23),
    ("FabLabDevon (Exeter)", "dorset", "charity", 42, 24),
    ("Fab Lab Plymouth", "dorset", "education", 36, 24),
    ("Spitfire Fab Lab (Eastleigh, UK)", "dorset", "community_business", 43, 25),
)
SMALL_BED = "Fab Lab Plymouth"


class StoryCase(HttpCase):
    """People, and what they are asked for one by one; every step is taken by the one whose step it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.env["ir.config_parameter"].set_param("wcm_network.first_pieces", "False")  # the cast has made all of it before
        cls.manager = new_test_user(cls.env, "story_manager", "wcm_network.group_manager")
        cls.quality = new_test_user(cls.env, "story_quality", "wcm_qc.group_quality_lead")
        cls.funder = new_test_user(cls.env, "story_funder", "wcm_network.group_funder")

    def as_manager(self, model):
        return self.env[model].with_user(self.manager)

    def space(self, name):
        return self.env["wcm.facility"].search([("name", "=", name)])

    def member(self, name):
        return self.env["wcm.membership"].search([("facility_id.name", "=", name)])

    def equip(self, name, region, organisation_type, router_rate, bench_rate):
        """A manager writes down who runs the space and what it can do."""
        space = self.space(name).with_user(self.manager)
        space.write({
            "operator_id": self.env["res.partner"].create({"name": f"{name} Ltd", "is_company": True}).id,
            "organisation_type": organisation_type,
            "region_id": self.env.ref(f"wcm_mapping.region_{region}").id,
        })
        bed = (1300, 900) if name == SMALL_BED else (2500, 1300)
        self.as_manager("wcm.capability").create([
            self.capability(space, "cnc_routing", router_rate, *bed),
            self.capability(space, "assembly", bench_rate, 6000, 2400),
        ])
        return space

    def capability(self, space, process, rate, length, width):
        return {
            "facility_id": space.id, "process_id": self.env.ref(f"wcm_mapping.process_{process}").id, "cost_per_hour": rate,
            "envelope_x_mm": length, "envelope_y_mm": width, "envelope_z_mm": 2000, "tolerance_mm": 0.4, "share_offered": 0.15,
        }

    def join(self, space):
        """Apply, accept the terms in person, be admitted."""
        membership = self.as_manager("wcm.membership").create({"facility_id": space.id})
        login = f"person{membership.id}@example.org"
        person = membership._create_portal_user(login, f"Person at {space.name}", password="person-password")
        membership.with_user(person).action_accept_terms()
        membership.action_review()
        membership.action_admit()
        return membership

    def person_of(self, order):
        return order.sudo().membership_id.user_ids[:1]

    def kit_commands(self, quantities):
        products = {product.default_code: product for product in self.env["product.product"].search([("default_code", "in", list(quantities))])}
        return [Command.create({"product_id": products[code].id, "product_qty": quantity}) for code, quantity in quantities.items()]
