import csv

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import file_open

SCHEMES = [("iso_9001", "ISO 9001:2015"), ("bopas", "BOPAS"), ("nhbc", "NHBC Standards, chapter 11.1")]
WHERE = "wcm_qc/data/audit_templates"
# What an auditor can answer: words, points, the finding that comes of it, and whether the question counts at all.
ANSWERS = (
    ("Not met", 0, "major", False),
    ("Met in part", 5, "minor", False),
    ("Met, with something worth a thought", 10, "observation", False),
    ("Met", 10, False, False),
    ("Does not apply here", 0, False, True),
)


class SurveySurvey(models.Model):
    """Templates for audits of a factory against somebody else's scheme.

    The questions are our own; a clause says which part of the scheme they are about. Where the facts come from:
    `data/audit_templates/README.md`. Loaded once, from one CSV file for each scheme; afterwards people change them here.
    """

    _inherit = "survey.survey"

    assurance_scheme = fields.Selection(SCHEMES, "Audits against", help="The scheme whose clauses these questions are about.")
    surveillance_months = fields.Integer(
        "Months to the next audit", help="At the latest; a low score asks for it earlier. 0: by the score alone.",
    )

    _surveillance_positive = models.Constraint("CHECK(surveillance_months >= 0)", "Months cannot be negative.")

    @api.model
    def _load_audit_template(self, scheme, surveillance_months):
        """The template of a scheme, as its file has it; one that is there stays as people changed it."""
        if known := self.env.ref(f"wcm_qc.audit_{scheme}", raise_if_not_found=False):
            return known
        title = dict(SCHEMES)[scheme]
        with file_open(f"{WHERE}/{scheme}.csv", "r") as file:
            rows = list(csv.DictReader(file))
        survey = self._load_one(f"audit_{scheme}", self._template_values(scheme, title, surveillance_months))
        questions = survey.question_ids.browse()
        for sequence, row in enumerate(rows, 1):
            values = self._section_values(row) if row["weight"] else self._question_values(row, title)
            values |= {"survey_id": survey.id, "sequence": sequence * 10}
            questions |= questions._load_records([self._record(f"audit_{scheme}_{row['id']}", values)])
        return survey

    @api.model
    def _load_one(self, name, values):
        return self._load_records([self._record(name, values)])

    @api.model
    def _record(self, name, values):
        return {"xml_id": f"wcm_qc.{name}", "values": values, "noupdate": True}

    @api.model
    def _template_values(self, scheme, title, surveillance_months):
        return {
            "title": self.env._("Factory audit: %s", title),
            "survey_type": "facility_audit",
            "assurance_scheme": scheme,
            "surveillance_months": surveillance_months,
            "user_id": False,
            "description": self.env._(
                "Answer what you saw, not what is planned, and write it under the question. “Not met” and “Met in part” become findings "
                "when you complete the audit. Photos go on the audit itself. Our own questions: keep the text of the scheme beside you."
            ),
            **self._facility_audit_options(),
        }

    @api.model
    def _section_values(self, row):
        return {
            "is_page": True, "question_type": False, "title": row["question"], "audit_weight": int(row["weight"]), "description": row["ask_to_see"],
        }

    @api.model
    def _question_values(self, row, title):
        clause = f"{row['clause']} {row['topic']}".strip()
        return {
            "title": row["question"],
            "clause": clause,
            "description": self.env._("%(scheme)s, %(clause)s. Ask to see: %(what)s", scheme=title, clause=clause, what=row["ask_to_see"]),
            "question_type": "simple_choice",
            "constr_mandatory": True,
            "comments_allowed": True,
            "comments_message": self.env._("What did you see?"),
            "suggested_answer_ids": [Command.create(self._answer_values(*answer)) for answer in ANSWERS],
        }

    @api.model
    def _answer_values(self, words, points, severity, does_not_apply):
        return {"value": words, "answer_score": points, "finding_severity": severity, "does_not_apply": does_not_apply}
