import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from odoo.tests import tagged

from .test_equipped import EquippedCase
from .test_instrument import PDF


@tagged("post_install", "-at_install")
class TestEvidenceEquipped(EquippedCase):
    def written(self):
        action = self.order.build_id.with_user(self.lead).action_evidence_pack()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("wcm_qc.cron_evidence").method_direct_trigger()
        self.env.invalidate_all()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        pack = self.env["wcm.evidence.pack"].browse(action["res_id"])
        zipfile.ZipFile(io.BytesIO(pack._archive())).extractall(folder)
        return folder, json.loads((folder / "evidence.json").read_text())

    def test_a_pack_names_the_instrument_its_certificate_and_what_was_measured_without(self):
        shown = self.make_instrument("Shown")
        self.calibrate(shown, certificate=PDF, certificate_name="cert 7.pdf")
        self.measure(shown)
        self.inspection.with_user(self.colleague).action_close()
        folder, told = self.written()
        part = next(part for part in told["parts"] if part["serial"] == "KNO-1")
        line = part["checks"][0]["lines"][0]
        self.assertEqual((line["serial"], line["in_doubt"]), ("S-Shown", False))
        self.assertIn(line["calibration_file"], part["files"])
        self.assertTrue((folder / "files" / line["calibration_file"]).read_bytes().startswith(b"%PDF"))
        self.assertEqual([row["serial"] for row in told["instruments"]], ["S-Shown"])
        self.assertEqual((told["without_instrument"], told["in_doubt"]), ([], []))
        run = subprocess.run([sys.executable, "-I", folder / "verify.py"], capture_output=True, text=True, check=False)
        self.assertEqual((run.returncode, run.stdout), (0, "All of it is as it was written.\n"))

    def test_a_pack_says_what_was_measured_with_an_instrument_that_was_found_wrong(self):
        self.measure(self.caliper)
        self.inspection.with_user(self.colleague).action_close()
        self.calibrate(self.caliper, result="failed", as_found="out", number=False)
        _folder, told = self.written()
        self.assertEqual([(row["serial"], row["checkpoint"]) for row in told["in_doubt"]], [("KNO-1", "Thickness")])
