// Undoes LZMA, the packing of 7-Zip, since browsers do not. The names are those of its specification in few
// words: a bit is read by how likely it was so far, and that likelihood moves with each one that is read.

// How a stream begins: one byte with three numbers, four that are of no use here, eight with the size.
const unpacked = (packed) => {
    const how = packed[0];
    const context = how % 9, place = (how / 9 | 0) % 5, aligned = how / 45 | 0;
    const view = new DataView(packed.buffer, packed.byteOffset);
    const whole = new Uint8Array(view.getUint32(5, true));
    // Where each kind of bit begins among the likelihoods, of which 2048 are one.
    const match = 0, again = 192, first = 204, second = 216, third = 228, short = 240, slots = 432, near = 688;
    const align = 804, lengths = 820, repeated = 1334, literals = 1848;
    const likely = new Uint16Array(literals + (0x300 << context + place)).fill(1024);
    // The range that is left, and where in it the code is.
    const coder = new Uint32Array([0xffffffff, view.getUint32(14)]);
    let at = 18;

    const shift = () => {
        if (coder[0] < 0x1000000) {
            coder[0] <<= 8;
            coder[1] = coder[1] << 8 | packed[at++];
        }
    };
    const bit = (kind) => {
        const zero = likely[kind];
        const bound = (coder[0] >>> 11) * zero;
        const is = coder[1] >= bound;
        if (is) {
            coder[0] -= bound;
            coder[1] -= bound;
            likely[kind] = zero - (zero >> 5);
        } else {
            coder[0] = bound;
            likely[kind] = zero + (2048 - zero >> 5);
        }
        shift();
        return is ? 1 : 0;
    };
    const number = (kind, bits) => {
        let read = 1;
        for (let n = 0; n < bits; n++) read = read << 1 | bit(kind + read);
        return read - (1 << bits);
    };
    const backwards = (kind, bits) => {
        let read = 1, turned = 0;
        for (let n = 0; n < bits; n++) {
            const is = bit(kind + read);
            read = read << 1 | is;
            turned |= is << n;
        }
        return turned;
    };
    const even = (bits) => {
        let read = 0;
        for (let n = 0; n < bits; n++) {
            coder[0] >>>= 1;
            const is = coder[1] >= coder[0];
            if (is) coder[1] -= coder[0];
            read = read << 1 | is;
            shift();
        }
        return read;
    };
    const length = (kind, aside) => {
        if (!bit(kind)) return number(kind + 2 + (aside << 3), 3);
        if (!bit(kind + 1)) return 8 + number(kind + 130 + (aside << 3), 3);
        return 16 + number(kind + 258, 8);
    };
    const distance = (long) => {
        const slot = number(slots + (Math.min(long, 3) << 6), 6);
        if (slot < 4) return slot;
        const bits = (slot >> 1) - 1, from = (2 | slot & 1) << bits;
        if (slot < 14) return from + backwards(near + from - slot, bits);
        return from + (even(bits - 4) << 4) + backwards(align, 4);
    };

    // What was read last, in twelve classes, and the last four distances.
    let state = 0, one = 0, two = 0, three = 0, four = 0;
    for (let end = 0; end < whole.length;) {
        const aside = end & (1 << aligned) - 1;
        if (!bit(match + (state << 4) + aside)) {
            const before = end ? whole[end - 1] : 0;
            const kind = literals + 0x300 * (((end & (1 << place) - 1) << context) + (before >> 8 - context));
            let letter = 1;
            if (state > 6) {
                // Unlike the one that stands where a repetition would go on, or it would be one.
                for (let like = whole[end - one - 1]; letter < 0x100;) {
                    const other = (like <<= 1) >> 8 & 1;
                    const is = bit(kind + (1 + other << 8) + letter);
                    letter = letter << 1 | is;
                    if (is !== other) break;
                }
            }
            while (letter < 0x100) letter = letter << 1 | bit(kind + letter);
            whole[end++] = letter;
            state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
            continue;
        }
        let long;
        if (!bit(again + state)) {
            [four, three, two] = [three, two, one];
            long = length(lengths, aside);
            one = distance(long);
            state = state < 7 ? 7 : 10;
        } else {
            let alone = false;
            if (!bit(first + state)) alone = !bit(short + (state << 4) + aside);
            else if (!bit(second + state)) [one, two] = [two, one];
            else if (!bit(third + state)) [one, two, three] = [three, one, two];
            else [one, two, three, four] = [four, one, two, three];
            long = alone ? -1 : length(repeated, aside);
            state = state > 6 ? 11 : alone ? 9 : 8;
        }
        for (long += 2; long > 0 && end < whole.length; long--, end++) whole[end] = whole[end - one - 1];
    }
    return whole;
};
