import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {HomeBoard} from "@wcm_network/build_board/home_board";
import {HomePicture} from "@wcm_network/build_board/home_picture";
import {number, sum} from "@wcm_network/plan_pictures/words";

/** A letter beside each colour; both stand in the table. */
const MARKS = {
    not_made: "–",
    not_inspected: "?",
    to_check: "T",
    held: "!",
    nonconforming: "N",
    passed: "✓",
    sampled: "S",
    concession: "C",
    scrapped: "×",
};

/** The home as cells, which also say what keeps a block. */
class QualityPicture extends HomePicture {
    describe(cell) {
        const why = cell.block[7];
        return why && !cell.block[6]
            ? _t("%(block)s: %(why)s", {block: super.describe(cell), why})
            : super.describe(cell);
    }
}

/** Every block of a home by stage, and how it stands with its checks. */
export class QualityBoard extends HomeBoard {
    static template = "wcm_qc.QualityBoard";
    static components = {...HomeBoard.components, QualityPicture};

    setup() {
        super.setup();
        Object.assign(this, {method: "quality_board", title: _t("Quality board"), marks: MARKS});
    }

    /** A row for each state that there is: how many in each stage, and together. */
    get rows() {
        const {states, stages} = this.state.board;
        return states
            .map(([key, label]) => {
                const counts = stages.map((stage) => stage.counts[key] || 0);
                return {key, label, counts, total: sum(counts)};
            })
            .filter(({total}) => total);
    }

    get headline() {
        const total = Object.fromEntries(this.rows.map((row) => [row.key, row.total]));
        const all = sum(Object.values(total));
        const good = sum(["passed", "sampled", "concession"].map((key) => total[key] || 0));
        return _t("%(good)s of %(all)s blocks may be built in, as far as quality goes.", {
            good: number(good),
            all: number(all),
        });
    }

    openBlock([id]) {
        return this.action.doActionButton({
            type: "object",
            name: "action_open_quality",
            resModel: "wcm.build.block",
            resId: id,
        });
    }

    async openList(quality, stage) {
        const known = await this.action.loadAction("wcm_qc.action_build_block_quality");
        const domain = [["build_id", "=", this.buildId]];
        if (quality) {
            domain.push(["quality", "=", quality]);
        }
        if (stage) {
            domain.push(["stage", "=", stage]);
        }
        const context = quality ? {} : {search_default_group_quality: 1};
        const name = _t("Blocks of %s", this.state.board.name);
        return this.action.doAction({...known, name, display_name: name, domain, context});
    }
}

registry.category("actions").add("wcm_quality_board", QualityBoard);
