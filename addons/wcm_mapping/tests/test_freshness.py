from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestFreshness(MappingCase):
    def found(self, name):
        arch = etree.fromstring(self.env["wcm.facility"].get_view(view_type="search")["arch"])
        (domain,) = arch.xpath(f"//filter[@name='{name}']/@domain")
        return self.env["wcm.facility"].search([*safe_eval(domain), ("id", "in", (self.workshop | self.far_workshop).ids)])

    def test_a_space_is_found_by_how_long_ago_somebody_looked(self):
        self.workshop.verified_on = fields.Date.today() - relativedelta(months=7)
        self.assertEqual(self.found("verified_6"), self.env["wcm.facility"])
        self.assertEqual(self.found("verified_12"), self.workshop)
        self.assertEqual(self.found("verified_24"), self.workshop)
        self.workshop.verified_on = fields.Date.today() - relativedelta(months=5)
        self.assertEqual(self.found("verified_6"), self.workshop)
