import {button, field, h, mainAction} from "../dom";
import {unlock} from "../person";
import {Refused} from "../sync";
import {screens} from "./screens";

function personOf(app, id) {
    return app.work.people.find((person) => person.id === Number(id));
}

async function enter(app, person, pin) {
    try {
        const token = await unlock(app.sync.store, person, pin);
        app.sync.person = {...person, token};
        app.go("jobs");
        app.draw();
    } catch (error) {
        if (!(error instanceof Refused)) {
            throw error;
        }
        app.complain(error.message);
    }
}

function keypad(input) {
    const press = (digit) => () => {
        input.value += digit;
    };
    const digit = (word) => h("button", {type: "button", class: "button", onclick: press(word)}, word);
    const erase = () => {
        input.value = input.value.slice(0, -1);
    };
    return h(
        "div",
        {class: "keypad"},
        ..."123456789".split("").map(digit),
        h("span", {}),
        digit("0"),
        button("backspace", "", erase, {"aria-label": "Take the last one away"}),
    );
}

function ask(app, person) {
    const input = h("input", {type: "password", autocomplete: "off", inputmode: "none", name: "pin"});
    const send = async () => {
        const pin = input.value.trim();
        input.value = "";
        await enter(app, person, pin);
    };
    input.addEventListener("keydown", (ev) => ev.key === "Enter" && input.value && send());
    return [field(`PIN or badge of ${person.name}`, input), keypad(input), mainAction("done", "It is me", send)];
}

screens.who = {
    title: (app, id) => personOf(app, id)?.name || "Who is working?",
    back: (id) => id && "who",
    draw: (app, id) => {
        const person = personOf(app, id);
        if (person) {
            return ask(app, person);
        }
        const names = app.work.people.map((one) =>
            button("who", `${one.name}, ${one.role.toLowerCase()}`, () => app.go(`who/${one.id}`)),
        );
        return h("div", {class: "choices"}, ...names);
    },
    focus: "input",
};
