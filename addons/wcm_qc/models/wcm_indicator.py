from odoo import models

from odoo.addons.wcm_network.models.wcm_indicator import Source

from .wcm_nonconformity import ACTIVE_STATES


class WcmIndicator(models.Model):
    """The figures of quality."""

    _inherit = "wcm.indicator"

    def _source_first_pass_yield(self, scope):
        return Source("wcm.first.check", [*scope.homes("build_id"), *scope.moments("closed_at")], "right_first_time:sum", over="__count")

    def _source_nonconformities(self, scope):
        return Source("wcm.nonconformity", [*scope.homes("build_id"), ("state", "!=", "cancelled"), *scope.moments("opened_on")])

    def _source_nonconformities_open(self, scope):
        return Source("wcm.nonconformity", [*scope.homes("build_id"), ("state", "in", ACTIVE_STATES)])
