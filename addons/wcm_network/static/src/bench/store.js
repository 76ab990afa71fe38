const PREFIX = "wcm-bench-";

function settled(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

function committed(transaction) {
    return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
}

function open(name) {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
        request.result.createObjectStore("kept");
        request.result.createObjectStore("files");
        request.result.createObjectStore("outbox", {keyPath: "seq", autoIncrement: true});
    };
    return settled(request);
}

/** What this browser keeps for one login: a database of its own, so that another login never reads it. */
export class Store {
    static async of(user) {
        const store = new Store();
        store.database = await open(PREFIX + user);
        return store;
    }

    /** Take away what all other logins left to be seen. What they did and did not send stays until they are back. */
    static async forgetOthers(user) {
        const known = (await indexedDB.databases?.()) || [];
        const others = known.filter(({name}) => name.startsWith(PREFIX) && name !== PREFIX + user);
        let waiting = 0;
        for (const {name} of others) {
            const store = new Store();
            store.database = await open(name);
            await store.forget();
            waiting += (await store.outbox()).length;
            store.database.close();
        }
        return waiting;
    }

    read(kind, key) {
        return settled(this.database.transaction(kind).objectStore(kind).get(key));
    }

    write(kind, key, value) {
        const transaction = this.database.transaction(kind, "readwrite");
        transaction.objectStore(kind).put(value, key);
        return committed(transaction);
    }

    keys(kind) {
        return settled(this.database.transaction(kind).objectStore(kind).getAllKeys());
    }

    async drop(kind, keys) {
        const transaction = this.database.transaction(kind, "readwrite");
        keys.forEach((key) => transaction.objectStore(kind).delete(key));
        await committed(transaction);
    }

    forget() {
        const transaction = this.database.transaction(["kept", "files"], "readwrite");
        transaction.objectStore("kept").clear();
        transaction.objectStore("files").clear();
        return committed(transaction);
    }

    /** In the order in which things were done. */
    outbox() {
        return settled(this.database.transaction("outbox").objectStore("outbox").getAll());
    }

    async put(...actions) {
        const transaction = this.database.transaction("outbox", "readwrite", {durability: "strict"});
        actions.forEach((action) => transaction.objectStore("outbox").put(action));
        await committed(transaction);
    }

    /** The new picture of the work takes the place of what was done to the old one, in one step. */
    async settle(snapshot, settled_) {
        const transaction = this.database.transaction(["kept", "outbox"], "readwrite");
        transaction.objectStore("kept").put(snapshot, "snapshot");
        settled_.forEach(({seq}) => transaction.objectStore("outbox").delete(seq));
        await committed(transaction);
    }
}
