// What pack.rs has packed: LZMA without a header, its literals told apart by the upper half of the byte before.
// Browsers cannot undo that by themselves as they can deflate, but it takes a quarter less.
const unpack = (packed, size) => {
    const out = new Uint8Array(size);
    const odds = (count) => new Uint16Array(count).fill(1024);
    const lengths = () => ({ choice: odds(2), low: odds(8), mid: odds(8), high: odds(256) });
    const literals = odds(0x300 * 16), isMatch = odds(12), isAgain = odds(12), isOld = odds(12), isOlder = odds(12),
        isOldest = odds(12), isOne = odds(12), slots = odds(256), places = odds(116), aligned = odds(16),
        fresh = lengths(), again = lengths();
    let at = 5, range = 0xffffffff, code = 0, state = 0, done = 0;
    let [last, second, third, fourth] = [0, 0, 0, 0];
    for (let byte = 1; byte < 5; byte++) code = (code << 8 | packed[byte]) >>> 0;
    const fill = () => {
        range = range << 8 >>> 0;
        code = (code << 8 | packed[at++]) >>> 0;
    };
    const bit = (odds, place) => {
        const chance = odds[place], bound = (range >>> 11) * chance, zero = code < bound;
        if (zero) {
            range = bound;
            odds[place] = chance + (2048 - chance >> 5);
        } else {
            range -= bound;
            code -= bound;
            odds[place] = chance - (chance >> 5);
        }
        if (range < 0x1000000) fill();
        return zero ? 0 : 1;
    };
    const tree = (odds, from, bits) => {
        let node = 1;
        for (let left = bits; left; left--) node = node << 1 | bit(odds, from + node);
        return node - (1 << bits);
    };
    const backwards = (odds, from, bits) => {
        let node = 1, number = 0;
        for (let place = 0; place < bits; place++) {
            const one = bit(odds, from + node);
            node = node << 1 | one;
            number |= one << place;
        }
        return number;
    };
    const evenly = (bits) => {
        let number = 0;
        for (let left = bits; left; left--) {
            range >>>= 1;
            const one = code >= range ? 1 : 0;
            if (one) code -= range;
            number = number << 1 | one;
            if (range < 0x1000000) fill();
        }
        return number;
    };
    const length = ({ choice, low, mid, high }) => {
        if (!bit(choice, 0)) return tree(low, 0, 3);
        return bit(choice, 1) ? tree(high, 0, 8) + 16 : tree(mid, 0, 3) + 8;
    };
    while (done < size) {
        if (!bit(isMatch, state)) {
            const from = 0x300 * (done ? out[done - 1] >> 4 : 0);
            let node = 1;
            if (state > 6) {
                let old = out[done - last - 1], same = true;
                while (same && node < 256) {
                    const expected = old >> 7 & 1, one = bit(literals, from + (1 + expected << 8) + node);
                    old <<= 1;
                    node = node << 1 | one;
                    same = expected === one;
                }
            }
            while (node < 256) node = node << 1 | bit(literals, from + node);
            out[done++] = node;
            state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
            continue;
        }
        let copied;
        if (bit(isAgain, state)) {
            if (bit(isOld, state)) {
                if (!bit(isOlder, state)) [last, second] = [second, last];
                else if (!bit(isOldest, state)) [last, second, third] = [third, last, second];
                else [last, second, third, fourth] = [fourth, last, second, third];
            } else if (!bit(isOne, state)) {
                state = state < 7 ? 9 : 11;
                out[done] = out[done++ - last - 1];
                continue;
            }
            copied = length(again) + 2;
            state = state < 7 ? 8 : 11;
        } else {
            [second, third, fourth] = [last, second, third];
            copied = length(fresh) + 2;
            state = state < 7 ? 7 : 10;
            const slot = tree(slots, Math.min(copied - 2, 3) << 6, 6), bits = (slot >> 1) - 1;
            if (slot < 4) last = slot;
            else {
                last = (2 | slot & 1) << bits;
                if (slot < 14) last += backwards(places, last - slot, bits);
                else {
                    last += evenly(bits - 4) * 16;
                    last += backwards(aligned, 0, 4);
                }
            }
        }
        for (const end = Math.min(done + copied, size); done < end; done++) out[done] = out[done - last - 1];
    }
    return out;
};
