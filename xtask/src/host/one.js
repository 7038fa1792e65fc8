// The page in one file: its program is packed in the page. Its workers run the same one, from the same text,
// with all that they need inside: where the page has no origin, they may not fetch what the page has.

// Five letters are four bytes, in an alphabet that leaves out three of those from `#` to `z`; see digest.rs.
const bytes = (letters) => {
    const missing = (5 - letters.length % 5) % 5;
    const whole = letters + "z".repeat(missing);
    const words = new DataView(new ArrayBuffer(whole.length / 5 * 4));
    for (let at = 0, word = 0; at < whole.length; at++) {
        const letter = whole.charCodeAt(at);
        word = word * 85 + letter - 35 - (letter > 60) - (letter > 92) - (letter > 96);
        if (at % 5 === 4) {
            words.setUint32((at - 4) / 5 * 4, word);
            word = 0;
        }
    }
    return new Uint8Array(words.buffer, 0, words.byteLength - missing);
};
const compiled = (letters) => WebAssembly.compile(unpacked(bytes(letters)));
const page = globalThis.document;
if (page && !page.adoptedStyleSheets) {
    page.getElementById("app-fallback").className = "stuck";
    page.getElementById("app-apart").hidden = false;
    return;
}
const inside = (id) => {
    const element = page.getElementById(id);
    element.remove();
    return element.textContent;
};
const program = globalThis.packedProgram ?? ["packed-first", "packed-later"].map(inside);
if (page) {
    const own = [`globalThis.packedProgram = ${JSON.stringify(program)};\n`, page.getElementById("program").textContent];
    const worker = new Blob(own, { type: "text/javascript" });
    page.querySelector("meta[name=ackground-worker]").content = URL.createObjectURL(worker);
    const styles = new CSSStyleSheet();
    styles.replaceSync(new TextDecoder().decode(unpacked(bytes(inside("packed-styles")))));
    page.adoptedStyleSheets = [styles];
}
const [first, second] = await Promise.all(program.map(compiled));
later.module = second;
await __wbg_init({ module_or_path: first });
