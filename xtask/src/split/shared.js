// What the first part gives to the later one: what it exports, and by their numbers the functions at the end of
// its table. As exports each would need a name, and names weigh more than numbers.
const shared = (first) => {
    const [from, many] = [SHARED];
    const given = { ...first };
    for (let at = 0; at < many; at++) given[at] = first.T0.get(from + at);
    return given;
};
