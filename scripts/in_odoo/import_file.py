"""Import production spaces from a file, as the screen does: `make import FILE= KIND= SOURCE= LICENCE= BY=`."""

from pathlib import Path

from odoo.exceptions import UserError


def import_file(env, path, kind, source, licence, attribution):
    """Write what can be written, and say what became of each row that was not."""
    runs = env["wcm.facility.import"]
    kinds = [key for key, _label in runs._fields["kind"].selection]
    if kind not in kinds:
        raise SystemExit(f"KIND is {kind or 'missing'}; there is {', '.join(kinds)}.")
    try:
        run = runs._import_bytes(Path(path).read_bytes(), kind, source, licence, attribution)
    except (OSError, UserError) as error:
        raise SystemExit(f"{path}: {error}") from None
    print(f"{run.create_count} new, {run.update_count} changed, {run.same_count} the same, {run.error_count} with errors")
    for line in run.line_ids.filtered(lambda line: line.outcome == "error"):
        print(f"  row {line.row_number} {line.name or ''}: {line.reason}")
