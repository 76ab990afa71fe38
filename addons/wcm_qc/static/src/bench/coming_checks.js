import {consequences, orderOf} from "@wcm_network/bench/actions";

const CHECK_FIRST = "Its check comes first.";

/** The stage whose check opens as a block comes into a state. */
export const STAGE = {to_make: "in_process", made: "final", packed: "dispatch"};

/** The check that a block has come to without network, before the server opens one: {points, hold}, or nothing. */
function comingCheck(work, part) {
    const stage = STAGE[part.state];
    const {stages = [], state} = part.check || {};
    if (!isReached(work, part, stage) || state === "open" || stages.includes(stage)) {
        return null;
    }
    const plan = {...work.stage_checks[part.work_order_id], final: work.checks[part.work_order_id]}[stage];
    return plan?.points.length && {...plan, stage};
}

function isReached(work, part, stage) {
    const isBegun = () => orderOf(work, part.work_order_id)?.state === "in_production";
    return {in_process: isBegun, final: () => part.isMine, dispatch: () => true}[stage]?.();
}

function openHere(part, {points, hold, stage, witness}) {
    const stages = part.check?.stages || [];
    part.check = {state: "open", stage, stages, points, hold, witness, others: hold, maker: part.maker};
    if (hold && stage !== "in_process") {
        Object.assign(part, {is_held: true, hold_reason: CHECK_FIRST});
    }
}

function openOnArrival(work, part) {
    const plan = work.receipt_checks?.[part.check?.plan];
    if (part.check?.state === "none" && plan?.points.length) {
        part.check = {...part.check, ...plan, state: "open"};
    }
}

consequences.push((work) => {
    for (const part of work.parts) {
        const coming = comingCheck(work, part);
        if (coming) {
            openHere(part, coming);
        }
    }
    work.arrivals?.forEach((part) => openOnArrival(work, part));
});
