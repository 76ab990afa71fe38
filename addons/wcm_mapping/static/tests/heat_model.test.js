import {describe, expect, test} from "@odoo/hoot";
import {levelOf} from "@wcm_mapping/heat_view/heat_model";

describe.current.tags("headless");

test("the level says how much of the hours offered is free", () => {
    expect(levelOf(40, 40)).toBe("all");
    expect(levelOf(40, 30)).toBe("all");
    expect(levelOf(40, 20)).toBe("most");
    expect(levelOf(40, 10)).toBe("half");
    expect(levelOf(40, 9)).toBe("quarter");
    expect(levelOf(40, 0)).toBe("full");
});

test("overbooked and closed weeks are not mistaken for full ones", () => {
    expect(levelOf(40, -1)).toBe("over");
    expect(levelOf(0, -5)).toBe("over");
    expect(levelOf(0, 0)).toBe("none");
});
