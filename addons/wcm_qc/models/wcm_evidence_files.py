import hashlib
import re

from odoo import models


class Files:
    """The files of a pack by what is in them: the same drawing of a hundred orders is there once.

    Their content is read when the zip is written, one after the other.
    """

    def __init__(self):
        self._attachments, self._photos, self._by_sha256, self._papers, self._equipment = {}, {}, {}, {}, {}

    def add(self, folder, attachment, name=None):
        """The name in the pack."""
        sha256 = hashlib.sha256(attachment.raw or b"").hexdigest()
        plain = re.sub(r"[^\w. -]", "_", name or attachment.name or "file")
        name = f"{folder}/{sha256[:12]} {plain}"
        self._attachments.setdefault(name, attachment)
        self._by_sha256.setdefault(sha256, name)
        return name

    def add_photo(self, line_id, attachment):
        """Of a checkpoint: its photo or its signature."""
        kind = attachment.res_field
        self._photos[line_id, kind] = name = f"{kind}s/check {line_id}{PHOTO_ENDINGS.get(attachment.mimetype, '')}"
        self._attachments[name] = attachment

    def add_paper(self, attachment, lot_id, membership_id=False, name=None):
        """Of a sheet lot; of what one member bought of it, where a member is named."""
        self._papers.setdefault((lot_id, membership_id), []).append(self.add("certificates", attachment, name))

    def add_equipment(self, record, attachment, name):
        """The certificate of a calibration, the evidence of a training."""
        self._equipment[record] = self.add("certificates", attachment, name)

    def of_equipment(self, record):
        return self._equipment.get(record)

    def papers(self, part):
        """Of the sheets that went into a part: the network's, and those of its own member."""
        keys = ((lot.id, member) for lot in part.sheet_lot_ids for member in (False, part.membership_id.id))
        return [name for key in keys for name in self._papers.get(key, ())]

    def photo(self, line_id, kind="photo"):
        return self._photos.get((line_id, kind))

    def of_sha256(self, sha256):
        return self._by_sha256.get(sha256)

    def names(self):
        return self._attachments.keys()

    def contents(self):
        for name in sorted(self._attachments):
            yield name, self._attachments[name].raw or b""


PHOTO_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


class WcmEvidencePack(models.Model):
    """Drawings, photos and certificates that go with it."""

    _inherit = "wcm.evidence.pack"

    def _files(self, parts):
        files = Files()
        for drawing in parts.work_order_id.drawing_ids | parts.work_order_id.superseded_drawing_ids:
            files.add("drawings", drawing)
        attachments = self.env["ir.attachment"]
        lines = self.env["wcm.inspection.line"].search([("inspection_id.part_id", "in", parts.ids), ("inspection_id.state", "!=", "replaced")])
        for photo in attachments.search([("res_model", "=", lines._name), ("res_field", "in", ("photo", "signature")), ("res_id", "in", lines.ids)]):
            files.add_photo(photo.res_id, photo)
        for paper in attachments.search([("res_model", "=", "stock.lot"), ("res_id", "in", parts.sheet_lot_ids.ids), ("res_field", "=", False)]):
            files.add_paper(paper, paper.res_id)
        self._add_bought(files, parts)
        return files

    def _add_bought(self, files, parts):
        """The suppliers' certificates of what members bought themselves."""
        bought = self.env["wcm.sheet.purchase"].search([("lot_id", "in", parts.sheet_lot_ids.ids), ("membership_id", "in", parts.membership_id.ids)])
        papers = [("res_model", "=", bought._name), ("res_field", "=", "certificate"), ("res_id", "in", bought.ids)]
        for paper in self.env["ir.attachment"].search(papers):
            purchase = bought.browse(paper.res_id)
            files.add_paper(paper, purchase.lot_id.id, purchase.membership_id.id, purchase.certificate_name)
