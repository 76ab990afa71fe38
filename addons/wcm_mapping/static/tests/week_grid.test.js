import {expect, test} from "@odoo/hoot";
import {animationFrame, Deferred} from "@odoo/hoot-mock";
import {press, waitFor} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {contains, defineModels, getService, models, mountWithCleanup, onRpc} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

class Capability extends models.Model {
    _name = "wcm.capability";
}

defineMailModels();
defineModels([Capability]);

const WEEKS = ["2030-01-07", "2030-01-14", "2030-01-21"];

/** A server that keeps what is saved. */
async function openGrid(answered = () => {}) {
    const typed = {};
    const cells = () => WEEKS.map((week) => ({possible: 70, usual: 35, typed: typed[week] ?? null, taken: 0}));
    const row = {id: 7, name: "Routing", facility: "Oak", machines: 1, share: 0.5, contact: "Ann"};
    onRpc("wcm.capability", "week_grid", () => ({weeks: WEEKS, rows: [{...row, cells: cells()}], is_cut: false}));
    onRpc("wcm.capability", "write_weeks", async ({args: [changes]}) => {
        expect.step(changes.map(({week, hours}) => `${week} ${hours}`).join());
        await answered();
        changes.forEach(({week, hours}) => (typed[week] = hours));
        return {warnings: []};
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({type: "ir.actions.client", tag: "wcm_week_grid"});
}

const cellOf = (week) => `[data-cell="7:${week}"]`;

test.tags("desktop");
test("after saving, the keys go on from the week where the cursor stands", async () => {
    await openGrid();
    await contains(cellOf(WEEKS[0])).edit("10", {confirm: false});
    await press(["ctrl", "s"]);
    await waitFor(".o_notification:contains(Saved.)");
    await animationFrame();
    await press("ArrowRight");
    await animationFrame();
    expect(cellOf(WEEKS[1])).toBeFocused();
    expect.verifySteps(["2030-01-07 10"]);
});

test.tags("desktop");
test("saving twice at once sends once, and what is typed meanwhile stays", async () => {
    const answer = new Deferred();
    await openGrid(() => answer);
    await contains(cellOf(WEEKS[0])).edit("10", {confirm: false});
    await press(["ctrl", "s"]);
    await press(["ctrl", "s"]);
    await press("ArrowRight");
    await contains(cellOf(WEEKS[1])).edit("12", {confirm: false});
    answer.resolve();
    await waitFor(".o_notification:contains(Saved.)");
    await animationFrame();
    expect(cellOf(WEEKS[1])).toHaveValue("12");
    expect(".btn-primary:contains(Save)").toHaveText("Save (1)");
    expect.verifySteps(["2030-01-07 10"]);
});
