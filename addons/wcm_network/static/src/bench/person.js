import {ask, Refused} from "./sync";

const ROUNDS = 300_000;
const TRIES = 5;
const LASTS_MS = 7 * 24 * 3_600_000;

async function keyOf(pin, salt) {
    const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, [
        "deriveKey",
    ]);
    const how = {name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS};
    return crypto.subtle.deriveKey(how, material, {name: "AES-GCM", length: 256}, false, ["encrypt", "decrypt"]);
}

/** What the server said to the right PIN, readable with that PIN only. */
async function seal(token, pin) {
    const [salt, iv] = [16, 12].map((length) => crypto.getRandomValues(new Uint8Array(length)));
    const sealed = await crypto.subtle.encrypt(
        {name: "AES-GCM", iv},
        await keyOf(pin, salt),
        new TextEncoder().encode(token),
    );
    return {salt, iv, sealed, at: Date.now(), tries: 0};
}

async function unseal({salt, iv, sealed}, pin) {
    const token = await crypto.subtle.decrypt({name: "AES-GCM", iv}, await keyOf(pin, salt), sealed);
    return new TextDecoder().decode(token);
}

/** Without network, those can say who they are who did so on this tablet in the last days. */
async function unlockOffline(store, person, pin) {
    const kept = await store.read("kept", `person ${person.id}`);
    if (!kept || Date.now() - kept.at > LASTS_MS) {
        throw new Refused(
            `There is no network, and ${person.name} has not entered the PIN on this tablet lately. It needs network once.`,
        );
    }
    try {
        return await unseal(kept, pin);
    } catch {
        const tries = kept.tries + 1;
        await (tries < TRIES
            ? store.write("kept", `person ${person.id}`, {...kept, tries})
            : store.drop("kept", [`person ${person.id}`]));
        throw new Refused(`This is not the PIN of ${person.name}.`);
    }
}

async function unlockOnline(store, person, pin) {
    const {token, message} = await ask("/bench/unlock", {person: person.id, pin}, 8000);
    if (message) {
        throw new Refused(message);
    }
    if (crypto.subtle) {
        await store.write("kept", `person ${person.id}`, await seal(token, pin));
    }
    return token;
}

/** :raise Refused: in words for the person */
export async function unlock(store, person, pin) {
    try {
        return await unlockOnline(store, person, pin);
    } catch (error) {
        if (error instanceof Refused || !crypto.subtle) {
            throw error instanceof Refused ? error : new Refused("There is no network.");
        }
        return unlockOffline(store, person, pin);
    }
}
