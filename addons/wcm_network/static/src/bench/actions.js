/**
 * What can be done at the bench, by the name that the server knows: {words(args, work), apply(work, args, action)}.
 * `words` says it for a person, `apply` shows its effect before the server has heard of it.
 */
export const actions = {};

/** What follows from the state of the work, worked out after all that was done: functions of the work. */
export const consequences = [];

export function partsOf(work, args) {
    return work.parts.filter((part) => args.parts.includes(part.id));
}

export function orderOf(work, id) {
    return work.orders.find((order) => order.id === id);
}

function names(work, args) {
    return partsOf(work, args)
        .map((part) => part.name)
        .join(", ");
}

function move(state, more = {}) {
    return (work, args) => partsOf(work, args).forEach((part) => Object.assign(part, {state}, more));
}

function made(work, args, {personId}) {
    move("made", {isMine: true, maker: personId})(work, args);
}

function jobName(work, id) {
    const order = orderOf(work, id);
    return order ? `${order.component_code || order.component_name} (${order.name})` : "a job";
}

Object.assign(actions, {
    start: {
        words: (args, work) => `Start ${jobName(work, args.order)}`,
        apply: (work, args) => {
            Object.assign(orderOf(work, args.order) || {}, {state: "in_production", is_paused: false});
        },
    },
    pause: {
        words: (args, work) => `Pause ${jobName(work, args.order)}: ${args.reason}`,
        apply: (work, args) => {
            Object.assign(orderOf(work, args.order) || {}, {is_paused: true, pause_reason: args.reason});
        },
    },
    made: {words: (args, work) => `Done: ${names(work, args)}`, apply: made},
    spoil: {words: (args, work) => `Spoiled: ${names(work, args)} (${args.reason})`, apply: move("scrapped")},
    sheets: {
        words: (args, work) => `${args.quantity} sheets of ${args.lot} for ${jobName(work, args.order)}`,
        apply: (work, args) => {
            const order = orderOf(work, args.order);
            const wanted = order?.sheets_to_buy?.find((one) => one.product === args.product);
            if (wanted) {
                wanted.bought += args.quantity;
                order.workshop_sheets = [...(order.workshop_sheets || []), {name: args.lot, sheets: args.quantity}];
            }
        },
    },
    pack: {words: (args, work) => `Pack ${names(work, args)}`, apply: move("packed", {is_loaded: false})},
    unpack: {words: (args, work) => `Unpack ${names(work, args)}`, apply: move("made", {is_loaded: false})},
    load: {words: (args, work) => `Load ${names(work, args)}`, apply: move("packed", {is_loaded: true})},
    dispatch: {words: (args, work) => `The vehicle leaves with ${names(work, args)}`, apply: move("dispatched")},
});

/** The work as it stands for whoever did it: what the server said last, and what was done since. */
export function workNow(snapshot, done) {
    const work = structuredClone(snapshot);
    done.filter((action) => action.state !== "refused").forEach((action) =>
        actions[action.name]?.apply(work, action.args, action),
    );
    consequences.forEach((follow) => follow(work));
    return work;
}
