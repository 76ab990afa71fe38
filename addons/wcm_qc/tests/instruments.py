"""Makers of instruments, on top of those of wcm_qc."""

from datetime import timedelta

from odoo import fields

from .common import QualityCase


class InstrumentCase(QualityCase):
    """Alder Works has a caliper of its own in date; `kind` is what plans ask for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env.ref("wcm_qc.instrument_kind_caliper")
        cls.tape_kind = cls.env.ref("wcm_qc.instrument_kind_tape")
        cls.caliper = cls.make_instrument("Caliper 1")
        cls.calibrate(cls.caliper, days_ago=100)

    @classmethod
    def make_instrument(cls, name, owner=None, **values):
        """:param owner: a membership; False for the network"""
        owner = cls.alder if owner is None else owner
        return cls.env["wcm.instrument"].create({
            "name": name, "kind_id": cls.kind.id, "serial": f"S-{name}", "membership_id": owner and owner.id, "range_max": 150, **values,
        })

    @classmethod
    def calibrate(cls, instrument, days_ago=0, good_for=365, **values):
        day = fields.Date.today() - timedelta(days=days_ago)
        due = min(day + timedelta(days=good_for), cls.env["wcm.calibration"].new({"date": day, "instrument_id": instrument.id})._latest_due())
        return cls.env["wcm.calibration"].create({
            "instrument_id": instrument.id, "date": day, "due_on": due, "laboratory": "Severn Metrology", "number": f"C-{instrument.id}-{days_ago}", **values,
        })

    @classmethod
    def in_every_state(cls):
        """{state: an instrument of Alder's}"""
        made = {state: cls.make_instrument(f"Caliper {state}") for state in ("usable", "due", "overdue", "failed", "never")}
        cls.calibrate(made["usable"], days_ago=10)
        cls.calibrate(made["due"], days_ago=350)
        cls.calibrate(made["overdue"], days_ago=400)
        cls.calibrate(made["failed"], days_ago=20)
        cls.calibrate(made["failed"], days_ago=5, result="failed", as_found="out", number=False)
        return made
