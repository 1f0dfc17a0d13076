#!/usr/bin/env bash
# brain.js 1.6.1, LSTM and LSTMTimeStep (2.0.0-beta.24 has the same equations in its source)
#
# One would guess: the LSTM that its README links to: beside the output h = o tanh(c) a cell state c = f c + i g, kept from
#   step to step.
# What happens: there is no cell state. The forget gate multiplies the last output instead, c = f h + i g, so that what is
#   kept goes through the output gate and tanh at every step: with all gates open an output of 0.75 is 0.17 after 50 steps,
#   where an LSTM's is still 0.75. All gates and their weights are there, and files name them as usual.
# Who meets it: who takes weights to or from another engine, compares outputs, or needs a memory over more than a few steps.
# What helps: an engine with the cell state; to run such a file elsewhere, the equation with h in the place of c.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"

echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts brain.js@1.6.1

cat >cell.js <<'JS'
const brain = require('brain.js');

// One unit, one input, and a read-out that hands h through. Each gate: weights of x and h, bias.
const sigmoid = v => 1 / (1 + Math.exp(-v));

function run(gates, xs) {
    const json = new brain.recurrent.LSTMTimeStep({inputSize: 1, hiddenLayers: [1], outputSize: 1}).toJSON();
    const set = (matrix, value) => { matrix.weights = [value]; };
    for (const [gate, prefix] of [['i', 'input'], ['f', 'forget'], ['o', 'output'], ['g', 'cellActivation']])
        ['Matrix', 'Hidden', 'Bias'].forEach((part, k) => set(json.hiddenLayers[0][prefix + part], gates[gate][k]));
    set(json.outputConnector, 1);
    set(json.output, 0);
    const net = new brain.recurrent.LSTMTimeStep();
    net.fromJSON(json);
    return xs.map((_, t) => net.run(xs.slice(0, t + 1)));
}

// What the forget gate keeps: the cell state, or the last output.
function equations(gates, xs, keepsCell) {
    let [h, c] = [0, 0];
    return xs.map(x => {
        const sum = gate => gates[gate][0] * x + gates[gate][1] * h + gates[gate][2];
        c = sigmoid(sum('f')) * (keepsCell ? c : h) + sigmoid(sum('i')) * Math.tanh(sum('g'));
        return h = sigmoid(sum('o')) * Math.tanh(c);
    });
}

let recorded = true;
function compare(what, gates, xs, shown) {
    const [got, lstm, outputs] = [run(gates, xs), equations(gates, xs, true), equations(gates, xs, false)];
    const pick = values => shown.map(t => values[t - 1].toFixed(4)).join(' ');
    console.log(`${what}, steps ${shown.join(' ')}: brain.js ${pick(got)}; an LSTM ${pick(lstm)}; with h in the place of c ${pick(outputs)}`);
    recorded &&= got.every((v, t) => Math.abs(v - outputs[t]) < 1e-5) && Math.abs(got.at(-1) - lstm.at(-1)) > 0.1;
}

compare('any weights', {i: [0.5, 0.2, 0.1], f: [-0.4, 0.6, 1], o: [0.3, -0.7, 0.3], g: [0.8, 0.4, 0.05]}, [1, 1.5, 2, 1, 0.5], [1, 2, 3, 4, 5]);
// Written at the first step only, nothing forgotten, the output gate open.
compare('a memory', {i: [40, 0, -20], f: [0, 0, 20], o: [0, 0, 20], g: [2, 0, 0]}, [1, ...Array(49).fill(0)], [1, 2, 10, 50]);
console.log(recorded ? 'as recorded' : 'no longer what was recorded');
process.exit(recorded ? 0 : 1);
JS
node cell.js
