"""Production spaces from a file, as the screen does: `make import FILE= KIND= SOURCE= LICENCE= BY= APPLY=1`.

Without APPLY it only says what would become of each row.
"""

from pathlib import Path

from odoo.exceptions import UserError

MOST_WORDS = 20
MOST_ROWS = 200  # of a long file, those that a person should look at come first


def import_file(env, path, kind, source, licence, attribution, apply):
    runs = env["wcm.facility.import"]
    kinds = [key for key, _label in runs._fields["kind"].selection]
    if kind not in kinds:
        raise SystemExit(f"KIND is {kind or 'missing'}; there is {', '.join(kinds)}.")
    try:
        run = runs._import_bytes(Path(path).read_bytes(), kind, source, licence, attribution, apply=bool(apply))
    except (OSError, UserError) as error:
        raise SystemExit(f"{path}: {error}") from None
    _print_rows(run)
    _print_words(run)
    _print_counts(run)


def _print_rows(run):
    """The table of the screen: row, outcome, name and why."""
    order = ("error", "duplicate", "conflict", "skip", "update", "create", "same")
    labels = dict(run.line_ids._fields["outcome"]._description_selection(run.env))
    lines = run.line_ids.sorted(lambda line: (order.index(line.outcome) if line.outcome in order else -1, line.row_number))
    for line in lines[:MOST_ROWS]:
        why = "; ".join(filter(None, [line.reason, line.warning]))
        print(f"{line.row_number:>6}  {labels[line.outcome]:<18}  {(line.name or '')[:40]:<40}  {why}".rstrip())
    if len(lines) > MOST_ROWS:
        print(f"        … and {len(lines) - MOST_ROWS} more rows")


def _print_words(run):
    """Words that nobody has said the meaning of; on the screen they are answered beside the rows."""
    for word in run.word_ids.filtered("is_open")[:MOST_WORDS]:
        print(f"{word.row_count:>6}  × “{word.word}”: which process?")


def _print_counts(run):
    counts = f"{run.create_count} new, {run.update_count} changed, {run.same_count} the same"
    left_out = f"{run.duplicate_count} possible duplicates, {run.skip_count} left out, {run.error_count} with errors"
    print(f"{counts}, {left_out}; {run.to_fix_count} to fix on the map")
    print("Written." if run.state == "done" else "Nothing written: this was the preview. Run it again with APPLY=1.")
