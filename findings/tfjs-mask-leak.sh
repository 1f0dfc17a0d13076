#!/usr/bin/env bash
# @tensorflow/tfjs-layers 4.22.0: a mask of one layer (embedding with maskZero, or a masking layer) and the layers that have none
#
# One would guess: as in Keras, a mask goes along the connections of the layers: it ends where an LSTM hands out its last
#   step alone, and a second input with a recurrent layer of its own never sees it.
# What happens: once a layer was given a mask, every recurrent layer that runs later in the same model is given it too, as
#   long as it has none of its own. The decoder of an encoder-decoder stops where the encoder's padding began and repeats
#   that step; another branch holds its state where the text is padded, so that its outputs depend on the text. Only
#   where a sequence is longer than the mask is there an exception. The same layers, called as two models, are right.
#   Initial states are handed on in the same way, by fit() alone: a decoder of two layers, the first of which gets the
#   encoder's states, predicts, but cannot be trained.
# Who meets it: who trains an autoencoder of padded sequences, joins a text with a series of as many steps, or compares the
#   outputs of such a model of Keras with those in a browser.
# What helps: a model for each part and one call after the other; sequences of equal lengths without a mask; one
#   layer of several cells (tf.layers.rnn with a list of cells) in the place of a decoder of several layers.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"

echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs-{core,layers,backend-cpu}@4.22.0

cat >leak.js <<'JS'
const tf = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
const {layers, input, model} = require('@tensorflow/tfjs-layers');

const lstm = returnSequences => layers.lstm({units: 1, returnSequences, kernelInitializer: 'ones', recurrentInitializer: 'ones'});
const embedding = () => layers.embedding({inputDim: 3, outputDim: 1, maskZero: true, embeddingsInitializer: 'ones'});
const steps = async tensor => (await tensor.array())[0].map(step => step[0]);
const shown = values => values.map(v => v.toFixed(4)).join(' ');
const same = (a, b) => a.every((v, i) => Math.abs(v - b[i]) < 1e-6);

async function autoencoder(tokens) {
    const [text, code, encode, repeat, decode] = [input({shape: [4]}), input({shape: [1]}), lstm(false), layers.repeatVector({n: 4}), lstm(true)];
    const encoded = encode.apply(embedding().apply(text));
    const whole = model({inputs: text, outputs: decode.apply(repeat.apply(encoded))});
    const [encoder, decoder] = [model({inputs: text, outputs: encoded}), model({inputs: code, outputs: decode.apply(repeat.apply(code))})];
    const [one, two] = [await steps(whole.predict(tokens)), await steps(decoder.predict(encoder.predict(tokens)))];
    console.log(`decoder of an autoencoder: as one model ${shown(one)}; as two ${shown(two)}`);
    return [one, two];
}

async function branches(tokens, series) {
    const [text, signal, read] = [input({shape: [4]}), input({shape: [4, 1]}), lstm(true)];
    const states = read.apply(signal);
    const both = model({inputs: [text, signal], outputs: [lstm(false).apply(embedding().apply(text)), states]});
    const [one, two] = [await steps(both.predict([tokens, series])[1]), await steps(model({inputs: signal, outputs: states}).predict(series))];
    console.log(`branch of a series:        beside a text ${shown(one)}; alone ${shown(two)}`);
    return [one, two];
}

async function stackedDecoder() {
    const [source, target] = [input({shape: [2, 1]}), input({shape: [2, 1]})];
    const states = layers.lstm({units: 1, returnState: true, recurrentInitializer: 'ones'}).apply(source).slice(1);
    const first = layers.lstm({units: 1, returnSequences: true, recurrentInitializer: 'ones'}).apply(target, {initialState: states});
    const net = model({inputs: [source, target], outputs: lstm(true).apply(first)});
    net.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
    const data = tf.ones([1, 2, 1]);
    const predicted = await steps(net.predict([data, data]));
    const fitted = await net.fit([data, data], data, {epochs: 1, verbose: 0}).then(() => 'done', e => e.message);
    console.log(`decoder of two layers:     predicts ${predicted.length} steps; fit: ${fitted}`);
    return predicted.length === 2 && fitted !== 'done';
}

async function main() {
    await tf.setBackend('cpu');
    const series = tf.tensor3d([[[0.5], [1], [-1], [2]]]);
    let recorded = true;
    for (const tokens of [[1, 2, 1, 2], [1, 2, 0, 0]]) {
        console.log(`tokens ${tokens}`);
        for (const [one, two] of [await autoencoder(tf.tensor2d([tokens])), await branches(tf.tensor2d([tokens]), series)]) {
            const held = one[1] === one[2] && one[2] === one[3];
            recorded &&= tokens[3] ? same(one, two) : held && !same(one, two) && same(one.slice(0, 2), two.slice(0, 2));
        }
    }
    return await stackedDecoder() && recorded;
}

main().then(recorded => { console.log(recorded ? 'as recorded' : 'no longer what was recorded'); process.exit(recorded ? 0 : 1); });
JS
node leak.js 2>&1 | grep -v -e '^=*$' -e 'Hi, looks like'
