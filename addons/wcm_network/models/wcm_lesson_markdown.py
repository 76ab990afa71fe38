import io
import json
import zipfile

from odoo import api, models

from ..writers import markdown

# The same lessons are the same bytes: a zip would tell when it was made.
EPOCH = (1980, 1, 1, 0, 0, 0)


class WcmLesson(models.Model):
    """Lessons as files: Markdown with front matter, one or all that are published."""

    _inherit = "wcm.lesson"

    def _file_name(self):
        """Stays when the title changes, so that a file is replaced and not added."""
        return f"{self.id:05}-{self.slug or markdown.slug(self._without_names(self.title))}.md"

    def _markdown(self):
        """As published, also of a draft: nobody is named who did not agree."""
        title = self._without_names(self.title)
        return f"{self._front_matter(title)}\n# {markdown.escape(title)}\n\n{markdown.from_html(self.public_text if self.state == 'published' else self._public_html())}"

    def _front_matter(self, title):
        """YAML, whose strings are written as JSON's: every JSON string is one of YAML's."""
        facts = {
            "title": title, "kind": self.kind, "date": str(self.happened_on), "author": self.byline, "licence": self._licence()[0], "licence_url": self._licence()[1],
            "stage": self.stage or None, "region": self.region_id.name or None, "processes": self.process_ids.mapped("code"),
            "components": [product.default_code or product.name for product in self.component_ids],
            "state": self.state, "published": self.published_on and str(self.published_on.date()), "address": self.slug and f"{self.get_base_url()}{self._public_path()}",
        }
        lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value)
        return "\n".join(["---", *lines, "---", ""])

    @api.model
    def _published_zip(self):
        """All that is published, in the order of their numbers."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for lesson in self.sudo().search(self._published_domain(), order="id"):
                archive.writestr(zipfile.ZipInfo(lesson._file_name(), EPOCH), lesson._markdown())
        return packed.getvalue()

    def action_download_markdown(self):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/network/lesson/{self.id}/lesson.md", "target": "download"}
