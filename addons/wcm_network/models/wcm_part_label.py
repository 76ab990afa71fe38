import base64
import io
from collections import defaultdict
from math import ceil

from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget

from odoo import models

LABELS_PER_ROW = 2
ROWS_PER_SHEET = 4
# A guideline of the Health and Safety Executive (INDG143): 25 kg for men, 16 kg for women, close to the body at waist
# height. This lies between the two; a network that knows its people and its blocks sets its own.
KG_PER_PERSON = 20.0
MOST_LIFTERS = 4
# Around a QR code its standard asks for four squares of white.
QUIET = 4
PIXELS = 8
SIZES = {"a4": "wcm_network.report_part_labels", "small": "wcm_network.report_part_labels_small"}


class WcmPart(models.Model):
    """The label that carries a part's identity. Printed again it is the same: nothing on it is made when it is printed."""

    _inherit = "wcm.part"

    def _labels_pdf(self, size="a4"):
        """Labels of these parts. Forced, because Odoo answers with HTML while tests run."""
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        return report._render_qweb_pdf(SIZES[size], self.ids)[0]

    def _label_values(self):
        """What stands on each label, in order; a scrapped part has none."""
        numbers, most = self._numbers_in_home(), self._kg_per_person()
        stages = dict(self.env["wcm.build.line"]._fields["stage"]._description_selection(self.env))
        return [part._label_facts(numbers, stages, most) for part in self if part.state != "scrapped"]

    def _label_facts(self, numbers, stages, kg_per_person):
        weight = self.product_id.weight
        return {
            "qr": self._qr_data_uri(),
            "block": self.component_code or self.component_name,
            "build": self.build_name,
            "position": f"{stages[self.work_order_id.build_line_id.stage]} {numbers[self]}",
            "revision": self.design_revision or "-",
            "maker": self.membership_id.code or self.membership_id.name,
            "weight": weight and f"{weight:.0f} kg",
            "lift": weight and self._lift_words(weight, kg_per_person),
            "serial": self.name,
            "code": " ".join(self.code[start : start + 4] for start in range(0, len(self.code), 4)),
        }

    def _numbers_in_home(self):
        """{part: the how-manieth of its component in its home}; later parts have higher numbers, so that they stay."""
        lines = self.work_order_id.build_line_id
        numbers, count = {}, defaultdict(int)
        for part in self.search([("work_order_id.build_line_id", "in", lines.ids)], order="id"):
            line = part.work_order_id.build_line_id
            count[line] += 1
            numbers[part] = count[line]
        return numbers

    def _label_sheets(self):
        """Labels as sheets of rows; the last row is filled with blanks."""
        labels = self._label_values()
        labels += [None] * (-len(labels) % LABELS_PER_ROW)
        rows = [labels[start : start + LABELS_PER_ROW] for start in range(0, len(labels), LABELS_PER_ROW)]
        return [rows[start : start + ROWS_PER_SHEET] for start in range(0, len(rows), ROWS_PER_SHEET)]

    def _qr_data_uri(self):
        """The QR code inline, so that the PDF needs no second request to this server.

        In capitals an address takes fewer and larger squares, which a camera reads from further away. Drawn here,
        as Odoo's own way takes ten times as long, which 200 labels make people wait for.
        """
        code = QrCodeWidget(self.public_url.upper(), barLevel="M").qr
        code.make()
        squares = Image.new("1", [code.getModuleCount() + 2 * QUIET] * 2, 1)
        for y, row in enumerate(code.modules, QUIET):
            for x, is_dark in enumerate(row, QUIET):
                squares.putpixel((x, y), not is_dark)
        picture = io.BytesIO()
        squares.resize([side * PIXELS for side in squares.size], Image.Resampling.NEAREST).save(picture, "PNG")
        return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()

    def _kg_per_person(self):
        """The parameter as a number; what is none, or not above zero, is as it ships."""
        try:
            weight = float(self.env["ir.config_parameter"].sudo().get_param("wcm_network.kg_per_person", KG_PER_PERSON))
        except ValueError:
            weight = 0
        return weight if weight > 0 else KG_PER_PERSON

    def _lift_words(self, weight, kg_per_person):
        """Whom it takes; more than a few people get in each other's way."""
        people = max(1, ceil(weight / kg_per_person))
        return self.env._("lift by %s", people) if people <= MOST_LIFTERS else self.env._("lift by machine")
