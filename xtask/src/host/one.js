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
const page = globalThis.document;
const inside = (id) => {
    const element = page.getElementById(id);
    element.remove();
    return element.textContent;
};
// Styles, first part and later part of the program, one behind the other.
const packed = globalThis.packedPage ?? {
    lengths: page.getElementById("packed").dataset.lengths.split(",").map(Number),
    letters: inside("packed"),
};
const whole = unpack(bytes(packed.letters), packed.lengths.reduce((sum, length) => sum + length));
let cut = 0;
const [styles, ...program] = packed.lengths.map((length) => whole.subarray(cut, cut += length));
const parts = Promise.all(program.map((part) => WebAssembly.compile(part)));
if (page) {
    const own = [`globalThis.packedPage = ${JSON.stringify(packed)};\n`, page.getElementById("program").textContent];
    const worker = new Blob(own, { type: "text/javascript" });
    page.querySelector("meta[name=ackground-worker]").content = URL.createObjectURL(worker);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(new TextDecoder().decode(styles));
    page.adoptedStyleSheets = [sheet];
}
const [first, second] = await parts;
later.module = second;
await __wbg_init({ module_or_path: first });
