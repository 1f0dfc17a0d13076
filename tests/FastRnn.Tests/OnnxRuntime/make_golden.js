// Writes the golden files against which the cells that ONNX has are tested: outputs of ONNX Runtime, in single precision.
// A file holds the weights under the names of FastRnn's fields, x [T, B, I], the first states [B, H], y [T, B, H] and the last states.
// Usage, with onnxruntime-node where node finds it (NODE_PATH): node make_golden.js [FOLDER]
"use strict";
const fs = require("fs");
const path = require("path");
const ort = require("onnxruntime-node");

// ---- Protocol buffers, as far as a model of one node needs them.
function varint(value) {
    const bytes = [];
    for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    return Buffer.from([...bytes, value]);
}
const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field, value) => Buffer.concat([varint(field * 8 + 2), varint(value.length), value]);
const text = (field, value) => bytes(field, Buffer.from(value));
const message = (field, ...parts) => bytes(field, Buffer.concat(parts));

function info(field, name, shape) {
    const dims = shape.map((size) => message(1, number(1, size)));
    return message(field, text(1, name), message(2, message(1, number(1, 1), message(2, ...dims))));
}

function model(operator, attributes, inputs, outputs) {
    const node = message(1,
        ...inputs.map(([name]) => text(1, name)), ...outputs.map(([name]) => text(2, name)), text(4, operator),
        ...Object.entries(attributes).map(([name, value]) => message(5, text(1, name), number(3, value), number(20, 2))));
    const graph = message(7, node, text(2, "golden"),
        ...inputs.filter(([name]) => name).map(([name, shape]) => info(11, name, shape)), ...outputs.map(([name, shape]) => info(12, name, shape)));
    return Buffer.concat([number(1, 7), graph, message(8, number(2, 14))]);
}

// ---- Numbers: a generator of its own, so that every machine makes the same.
function generator(seed) {
    let state = seed;
    return (scale, offset) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.fround(offset + scale * (2 * (state / 4294967296) - 1));
    };
}

function numbers(random, count, scale, offset = 0) {
    return Float32Array.from({ length: count }, () => random(scale, offset));
}

function write(file, tensors, metadata) {
    const header = { __metadata__: metadata };
    let at = 0;
    for (const [name, [values, shape]] of Object.entries(tensors)) {
        header[name] = { dtype: "F32", shape, data_offsets: [at, at + values.byteLength] };
        at += values.byteLength;
    }
    let head = JSON.stringify(header);
    head += " ".repeat((8 - (head.length % 8)) % 8);
    const length = Buffer.alloc(8);
    length.writeUInt32LE(head.length);
    const data = Object.values(tensors).map(([values]) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    fs.writeFileSync(file, Buffer.concat([length, Buffer.from(head), ...data]));
}

// ---- The cells. Gates stand in ONNX's order, with the letters of FastRnn's fields; a gate that the cell has not is given random weights, which must not matter.
const cells = {
    gruresetbefore: { operator: "GRU", attributes: { linear_before_reset: 0 }, gates: ["z", "r", "n"], peepholes: [], states: ["h"] },
    peepholelstm: { operator: "LSTM", attributes: {}, gates: ["i", "o", "f", "g"], peepholes: ["i", "o", "f"], states: ["h", "c"] },
    coupledlstm: { operator: "LSTM", attributes: { input_forget: 1 }, gates: ["i", "o", "-", "g"], peepholes: [], states: ["h", "c"] },
};

async function make(folder, cell, seed, inputs, hidden, steps, batch) {
    const { operator, attributes, gates, peepholes, states } = cells[cell];
    const random = generator(seed);
    const scale = 1 / Math.sqrt(hidden);
    const file = {};
    const feeds = {};
    const stack = (name, letters, prefix, size, shape, amount) => {
        const whole = new Float32Array(letters.length * size);
        letters.forEach((letter, g) => {
            const part = numbers(random, size, amount, 0.05);
            whole.set(part, g * size);
            if (letter !== "-") file[prefix + letter] = [part, shape];
        });
        return (feeds[name] = [whole, [1, letters.length * shape[0], ...shape.slice(1)]]);
    };
    stack("W", gates, "W", hidden * inputs, [hidden, inputs], scale);
    stack("R", gates, "U", hidden * hidden, [hidden, hidden], scale);
    const [bias] = stack("B", gates, "b", hidden, [hidden], 0.5);

    // The second half is the bias of the recurrent products; the cells have one bias.
    feeds.B = [Float32Array.from({ length: 2 * bias.length }, (_, i) => bias[i] ?? 0), [1, 2 * bias.length]];
    if (peepholes.length > 0) stack("P", peepholes, "p", hidden, [hidden], 0.7);
    const x = numbers(random, steps * batch * inputs, 1, 0.1);
    file.x = feeds.X = [x, [steps, batch, inputs]];
    for (const state of states) {
        const values = numbers(random, batch * hidden, 0.8, 0.1);
        file[state + "0"] = [values, [batch, hidden]];
        feeds[state + "0"] = [values, [1, batch, hidden]];
    }

    // An optional input that is left out has an empty name; ONNX's third is the lengths of the sequences.
    const named = (name) => [name, feeds[name][1]];
    const order = [named("X"), named("W"), named("R"), named("B"), [""], ...states.map((s) => named(s + "0")), ...(feeds.P ? [named("P")] : [])];
    const outputs = [["y", [steps, 1, batch, hidden]], ...states.map((s) => [s + "n", [1, batch, hidden]])];
    const session = await ort.InferenceSession.create(model(operator, { hidden_size: hidden, ...attributes }, order, outputs));
    const results = await session.run(Object.fromEntries(Object.entries(feeds).map(([name, [values, shape]]) => [name, new ort.Tensor("float32", values, shape)])));
    file.y = [results.y.data, [steps, batch, hidden]];
    for (const state of states) file[state + "n"] = [results[state + "n"].data, [batch, hidden]];
    const name = `${cell}_i${inputs}_h${hidden}`;
    write(path.join(folder, name + ".safetensors"), file, { cell, input: `${inputs}`, hidden: `${hidden}`, steps: `${steps}`, batch: `${batch}` });
    console.log(`${name}: T ${steps}, B ${batch}, largest y ${Math.max(...results.y.data.map(Math.abs)).toFixed(3)}`);
}

async function main() {
    const folder = process.argv[2] ?? path.join(__dirname, "golden");
    fs.mkdirSync(folder, { recursive: true });
    let seed = 1;
    for (const cell of Object.keys(cells)) {
        await make(folder, cell, seed++, 3, 5, 19, 3);
        await make(folder, cell, seed++, 17, 33, 7, 4);
    }
}

main();
