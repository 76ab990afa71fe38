from odoo import fields, models


class WcmBuild(models.Model):
    _name = "wcm.build"
    _inherit = ["wcm.build", "wcm.lesson.about"]


class WcmWorkOrder(models.Model):
    _name = "wcm.work.order"
    _inherit = ["wcm.work.order", "wcm.lesson.about"]


class WcmPart(models.Model):
    _name = "wcm.part"
    _inherit = ["wcm.part", "wcm.lesson.about"]


class WcmMembership(models.Model):
    _name = "wcm.membership"
    _inherit = ["wcm.membership", "wcm.lesson.about"]


class ProductTemplate(models.Model):
    """A component has its lessons by its tags as well."""

    _inherit = "product.template"

    lesson_count = fields.Integer("Number of lessons", compute="_compute_lesson_count", groups="wcm_network.group_coordinator")

    def _compute_lesson_count(self):
        for template in self:
            template.lesson_count = self.env["wcm.lesson"].search_count(template._lesson_domain())

    def _lesson_domain(self):
        variants = self.product_variant_ids
        return ["|", ("component_ids", "in", variants.ids), ("about", "in", [f"product.product,{id_}" for id_ in variants.ids])]

    def action_open_lessons(self):
        self.check_access("read")
        return {
            "type": "ir.actions.act_window", "name": self.env._("Lessons"), "res_model": "wcm.lesson", "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban", "domain": self._lesson_domain(), "context": {"default_component_ids": self.product_variant_ids.ids},
        }
