// oneDNN's recurrent primitives (versions 2 and 3) behind a C interface, for onednn_peer.py.
//
// oneDNN is measured at its best:
//  - every primitive chooses the layout of its weights (format_tag::any); the reorder is done once, outside the clock.
//    In training the weights change with every step, so a user would pay for it: leaving it out favours oneDNN;
//  - backward accumulates into the gradients of the weights, so they are zeroed before each iteration, outside the clock;
//  - batched sequences start from zeros by leaving out the initial state. A stream (batch 1) has two sets of arguments
//    that swap the state before with the state after, so nothing is copied.
//
// Built by install.sh.
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

using dnnl::memory;
using dnnl::rnn_direction;
using tag = memory::format_tag;
using type = memory::data_type;
using attributes = dnnl::primitive_attr;
using arguments = std::unordered_map<int, memory>;

// As Spec in onednn_peer.py.
struct spec {
    int cell, input, hidden, layers, batch, steps, training, threads, precision, streams;
};

enum cell_kind { elman = 0, lstm = 1, gru = 2 };
enum precision_kind { single = 0, bfloat16 = 1, int8 = 2 };

static int gates_of(int cell) { return cell == lstm ? 4 : cell == gru ? 3 : 1; }

static dnnl::engine &cpu() {
    static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

static dnnl::stream &queue() {
    static dnnl::stream stream(cpu());
    return stream;
}

static memory::desc desc(memory::dims dims, type data_type, tag format) { return {dims, data_type, format}; }

static memory zeros(const memory::desc &description) {
    memory result(description, cpu());
    if (description.get_size() > 0) std::memset(result.get_data_handle(), 0, description.get_size());
    return result;
}

static memory filled(const memory::desc &description, const float *values) {
    memory result(description, cpu());
    std::memcpy(result.get_data_handle(), values, description.get_size());
    return result;
}

static memory reordered(memory from, const memory::desc &to, const attributes &attr = {}) {
    if (from.get_desc() == to) return from;
    memory result = zeros(to);
    const dnnl::reorder::primitive_desc description(cpu(), from.get_desc(), cpu(), to, attr);
    dnnl::reorder(description).execute(queue(), from, result);
    queue().wait();
    return result;
}

// A primitive is described by its engine, what it is told, and attributes; before version 3 by an object in between.
template <class primitive_t, class... told_t>
static typename primitive_t::primitive_desc described(const attributes &attr, const told_t &...told) {
#if DNNL_VERSION_MAJOR >= 3
    return {cpu(), told..., attr};
#else
    return {typename primitive_t::desc(told...), attr, cpu()};
#endif
}

template <class primitive_t, class hint_t, class... told_t>
static typename primitive_t::primitive_desc described_backward(const hint_t &hint, const told_t &...told) {
#if DNNL_VERSION_MAJOR >= 3
    return {cpu(), told..., hint};
#else
    return {typename primitive_t::desc(told...), cpu(), hint};
#endif
}

// int8: inputs and states are bytes, v * 127 + 128; both are below 1 in magnitude here.
static const float data_scale = 127, data_shift = 128;

static memory quantized(const memory::desc &description, const float *values) {
    memory result(description, cpu());
    uint8_t *bytes = static_cast<uint8_t *>(result.get_data_handle());
    for (size_t i = 0; i < description.get_size(); i++)
        bytes[i] = uint8_t(std::lround(std::clamp(values[i] * data_scale + data_shift, 0.0f, 255.0f)));
    return result;
}

// PyTorch's gates r, z, n to oneDNN's u (= z), r, o (= n), and back: a swap of the first two. LSTM: i, f, g, o on both sides.
static std::vector<float> gates_swapped(int cell, const float *values, size_t gate_size, int gates) {
    std::vector<float> result(values, values + gate_size * gates);
    if (cell == gru) std::swap_ranges(result.begin(), result.begin() + gate_size, result.begin() + gate_size);
    return result;
}

// LSTM and Elman have one bias: the sum. The GRU has a fourth row: what is added to U h of n before it is multiplied by r.
static std::vector<float> bias_of(int cell, int hidden, const float *ih, const float *hh) {
    const int gates = gates_of(cell);
    std::vector<float> a = gates_swapped(cell, ih, hidden, gates), b = gates_swapped(cell, hh, hidden, gates);
    const int summed = cell == gru ? 2 * hidden : gates * hidden;
    for (int i = 0; i < summed; i++) a[i] += b[i];
    if (cell == gru) a.insert(a.end(), b.begin() + summed, b.end());
    return a;
}

// The memory of one layer and its primitives.
struct layer {
    dnnl::primitive forward, backward;
    arguments forward_arguments[2], backward_arguments;
    memory y, dx, d_weights_x, d_weights_h, d_bias;
};

struct run {
    spec s;
    int gates;
    std::vector<layer> layers;
    bool odd = false;

    type data() const { return s.precision == bfloat16 ? type::bf16 : s.precision == int8 ? type::u8 : type::f32; }
    type weights() const { return s.precision == int8 ? type::s8 : data(); }
    int input_of(int l) const { return l == 0 ? s.input : s.hidden; }

    run(const spec &specification, const float *const *weights, const float *x, const float *dy)
        : s(specification), gates(gates_of(specification.cell)) {
        omp_set_num_threads(s.threads);
        const memory::desc given = desc({s.steps, s.batch, s.input}, data(), tag::tnc);
        memory flowing = s.precision == int8 ? quantized(given, x)
                                             : reordered(filled(desc({s.steps, s.batch, s.input}, type::f32, tag::tnc), x), given);
        for (int l = 0; l < s.layers; l++) {
            layers.push_back(make(l, weights + 4 * l, flowing));
            flowing = layers.back().y;
        }
        if (s.training) {
            memory d_flowing = filled(desc({s.steps, s.batch, s.hidden}, type::f32, tag::tnc), dy);
            for (int l = s.layers - 1; l >= 0; l--) {
                layers[l].backward_arguments[DNNL_ARG_DIFF_DST_LAYER] = d_flowing;
                d_flowing = layers[l].dx;
            }
        }
    }

    // Training has an initial state of zeros: oneDNN 2.6.3 without one gives wrong gradients of U (LSTM and Elman: da(t) times h(t)
    // in place of h(t-1)).
    bool has_state() const { return s.streams || s.training; }

    // Two states of zeros for a set of arguments, and swapped for the next set.
    void give_states(arguments *sets, int count, int before, int after, type data_type) const {
        const memory::desc description = desc({1, 1, s.batch, s.hidden}, data_type, tag::ldnc);
        const memory state[2] = {zeros(description), zeros(description)};
        if (data_type == type::u8)
            for (const memory &m : state) std::memset(m.get_data_handle(), int(data_shift), description.get_size());
        for (int i = 0; i < count; i++) {
            sets[i][before] = state[i];
            sets[i][after] = state[1 - i];
        }
    }

    // 127 over the largest weight of each unit of each gate: W and U share it.
    std::vector<float> weight_scales(int input, const float *const *weights) const {
        std::vector<float> scales(size_t(gates) * s.hidden);
        for (size_t row = 0; row < scales.size(); row++) {
            float largest = 0;
            for (int i = 0; i < input; i++) largest = std::max(largest, std::fabs(weights[0][row * input + i]));
            for (int i = 0; i < s.hidden; i++) largest = std::max(largest, std::fabs(weights[1][row * s.hidden + i]));
            scales[row] = largest == 0 ? 1 : 127 / largest;
        }
        return scales;
    }

    // Only one layout of floats can be made one of bytes.
    memory packed(const memory &plain, int rows, const memory::desc &to, const attributes &attr) const {
        if (s.precision != int8) return reordered(plain, to);
        return reordered(reordered(plain, desc({1, 1, rows, gates, s.hidden}, type::f32, tag::ldigo)), to, attr);
    }

    layer make(int l, const float *const *weights, memory x);
    template <class forward_t, class backward_t, class forward_desc_t, class backward_desc_t>
    void finish(layer &made, int l, const float *const *weights, memory x, const forward_desc_t &describe_forward,
                const backward_desc_t &describe_backward);
    double measure(int iterations);
};

template <class forward_t, class backward_t, class forward_desc_t, class backward_desc_t>
void run::finish(layer &made, int l, const float *const *weights, memory x, const forward_desc_t &describe_forward,
                 const backward_desc_t &describe_backward) {
    const int input = input_of(l);
    attributes attr;
    if (s.precision == int8) {
        attr.set_rnn_data_qparams(data_scale, data_shift);
        // Masks of the last two of the dimensions l, d, i, g, o: a scale for each unit of each gate.
        attr.set_rnn_weights_qparams((1 << 3) + (1 << 4), weight_scales(input, weights));
    }
    const typename forward_t::primitive_desc forward = describe_forward(attr);
    made.forward = forward_t(forward);
    made.y = zeros(forward.dst_layer_desc());
    const memory weights_x = filled(desc({1, 1, input, gates, s.hidden}, type::f32, tag::ldgoi),
                                    gates_swapped(s.cell, weights[0], size_t(s.hidden) * input, gates).data());
    const memory weights_h = filled(desc({1, 1, s.hidden, gates, s.hidden}, type::f32, tag::ldgoi),
                                    gates_swapped(s.cell, weights[1], size_t(s.hidden) * s.hidden, gates).data());
    const memory bias = filled(forward.bias_desc(), bias_of(s.cell, s.hidden, weights[2], weights[3]).data());
    arguments common = {
        {DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_DST_LAYER, made.y}, {DNNL_ARG_BIAS, bias},
        {DNNL_ARG_WEIGHTS_LAYER, packed(weights_x, input, forward.weights_layer_desc(), attr)},
        {DNNL_ARG_WEIGHTS_ITER, packed(weights_h, s.hidden, forward.weights_iter_desc(), attr)}};
    if (s.training) common[DNNL_ARG_WORKSPACE] = zeros(forward.workspace_desc());
    made.forward_arguments[0] = made.forward_arguments[1] = common;
    if (has_state()) {
        give_states(made.forward_arguments, 2, DNNL_ARG_SRC_ITER, DNNL_ARG_DST_ITER, data());
        if (s.cell == lstm) give_states(made.forward_arguments, 2, DNNL_ARG_SRC_ITER_C, DNNL_ARG_DST_ITER_C, type::f32);
    }
    if (!s.training) return;
    const typename backward_t::primitive_desc backward = describe_backward(forward);
    made.backward = backward_t(backward);
    made.dx = zeros(backward.diff_src_layer_desc());
    made.d_weights_x = zeros(backward.diff_weights_layer_desc());
    made.d_weights_h = zeros(backward.diff_weights_iter_desc());
    made.d_bias = zeros(backward.diff_bias_desc());
    made.backward_arguments = made.forward_arguments[0];
    give_states(&made.backward_arguments, 1, DNNL_ARG_DIFF_DST_ITER, DNNL_ARG_DIFF_SRC_ITER, type::f32);
    if (s.cell == lstm) give_states(&made.backward_arguments, 1, DNNL_ARG_DIFF_DST_ITER_C, DNNL_ARG_DIFF_SRC_ITER_C, type::f32);
    made.backward_arguments[DNNL_ARG_WEIGHTS_LAYER] = reordered(weights_x, backward.weights_layer_desc());
    made.backward_arguments[DNNL_ARG_WEIGHTS_ITER] = reordered(weights_h, backward.weights_iter_desc());
    made.backward_arguments[DNNL_ARG_DIFF_SRC_LAYER] = made.dx;
    made.backward_arguments[DNNL_ARG_DIFF_WEIGHTS_LAYER] = made.d_weights_x;
    made.backward_arguments[DNNL_ARG_DIFF_WEIGHTS_ITER] = made.d_weights_h;
    made.backward_arguments[DNNL_ARG_DIFF_BIAS] = made.d_bias;
}

layer run::make(int l, const float *const *weights, memory x) {
    const int input = input_of(l);
    const auto kind = s.training ? dnnl::prop_kind::forward_training : dnnl::prop_kind::forward_inference;
    const auto back = dnnl::prop_kind::backward;
    const auto way = rnn_direction::unidirectional_left2right;
    const memory::desc none, src = desc({s.steps, s.batch, input}, data(), tag::tnc),
                             dst = desc({s.steps, s.batch, s.hidden}, data(), tag::tnc),
                             wx = desc({1, 1, input, gates, s.hidden}, this->weights(), tag::any),
                             wh = desc({1, 1, s.hidden, gates, s.hidden}, this->weights(), tag::any),
                             b = desc({1, 1, s.cell == gru ? 4 : gates, s.hidden}, type::f32, tag::ldgo),
                             h = has_state() ? desc({1, 1, s.batch, s.hidden}, data(), tag::ldnc) : none,
                             c = has_state() ? desc({1, 1, s.batch, s.hidden}, type::f32, tag::ldnc) : none;
    layer made;
    switch (s.cell) {
    case lstm:
        finish<dnnl::lstm_forward, dnnl::lstm_backward>(
            made, l, weights, x,
            [&](const attributes &attr) { return described<dnnl::lstm_forward>(attr, kind, way, src, h, c, wx, wh, b, dst, h, c); },
            [&](const auto &hint) {
                return described_backward<dnnl::lstm_backward>(
                    hint, back, way, src, h, c, wx, wh, b, dst, h, c, src, h, c, wx, wh, b, dst, h, c);
            });
        break;
    case gru:
        finish<dnnl::lbr_gru_forward, dnnl::lbr_gru_backward>(
            made, l, weights, x,
            [&](const attributes &attr) { return described<dnnl::lbr_gru_forward>(attr, kind, way, src, h, wx, wh, b, dst, h); },
            [&](const auto &hint) {
                return described_backward<dnnl::lbr_gru_backward>(
                    hint, back, way, src, h, wx, wh, b, dst, h, src, h, wx, wh, b, dst, h);
            });
        break;
    default:
        const auto tanh = dnnl::algorithm::eltwise_tanh;
        finish<dnnl::vanilla_rnn_forward, dnnl::vanilla_rnn_backward>(
            made, l, weights, x,
            [&](const attributes &attr) { return described<dnnl::vanilla_rnn_forward>(attr, kind, tanh, way, src, h, wx, wh, b, dst, h); },
            [&](const auto &hint) {
                return described_backward<dnnl::vanilla_rnn_backward>(
                    hint, back, tanh, way, src, h, wx, wh, b, dst, h, src, h, wx, wh, b, dst, h);
            });
        break;
    }
    return made;
}

double run::measure(int iterations) {
    using clock = std::chrono::steady_clock;
    // The calling thread decides how many threads OpenMP takes, and another run may have changed it.
    omp_set_num_threads(s.threads);
    dnnl::stream &stream = queue();
    clock::duration total{};
    if (!s.training) {
        const auto begin = clock::now();
        for (int i = 0; i < iterations; i++) {
            for (layer &l : layers) l.forward.execute(stream, l.forward_arguments[odd]);
            odd = !odd;
        }
        stream.wait();
        total = clock::now() - begin;
    } else {
        for (int i = 0; i < iterations; i++) {
            for (layer &l : layers)
                for (memory *m : {&l.d_weights_x, &l.d_weights_h, &l.d_bias})
                    std::memset(m->get_data_handle(), 0, m->get_desc().get_size());
            const auto begin = clock::now();
            for (layer &l : layers) l.forward.execute(stream, l.forward_arguments[0]);
            for (auto l = layers.rbegin(); l != layers.rend(); ++l) l->backward.execute(stream, l->backward_arguments);
            stream.wait();
            total += clock::now() - begin;
        }
    }
    return std::chrono::duration<double, std::nano>(total).count();
}

static void copy_out(const memory &from, const memory::desc &as, float *to) {
    const memory plain = reordered(from, as);
    std::memcpy(to, plain.get_data_handle(), as.get_size());
}

static void weights_out(int cell, const memory &from, int rows, int gates, int hidden, float *to) {
    copy_out(from, desc({1, 1, rows, gates, hidden}, type::f32, tag::ldgoi), to);
    const std::vector<float> swapped = gates_swapped(cell, to, size_t(hidden) * rows, gates);
    std::memcpy(to, swapped.data(), swapped.size() * sizeof(float));
}

// What went wrong, in the calling thread's last call.
static thread_local std::string last_error;

template <class body_t>
static auto guarded(const body_t &body, decltype(body()) failed) {
    try {
        return body();
    } catch (const dnnl::error &e) {
        last_error = std::string(e.what()) + " (status " + std::to_string(int(e.status)) + ")";
    } catch (const std::exception &e) {
        last_error = e.what();
    }
    return failed;
}

extern "C" {

const char *fastrnn_onednn_version() {
    static const dnnl_version_t *version = dnnl_version();
    static const std::string text = std::to_string(version->major) + "." + std::to_string(version->minor) + "." + std::to_string(version->patch);
    return text.c_str();
}

const char *fastrnn_onednn_error() { return last_error.c_str(); }

// weights: for each layer weight_ih, weight_hh, bias_ih, bias_hh as PyTorch lays them out. Null if refused.
void *fastrnn_onednn_create(const spec *s, const float *const *weights, const float *x, const float *dy) {
    return guarded([&]() -> void * { return new run(*s, weights, x, dy); }, nullptr);
}

// Nanoseconds of all iterations; negative if one failed.
double fastrnn_onednn_measure(void *handle, int iterations) {
    return guarded([&] { return static_cast<run *>(handle)->measure(iterations); }, -1.0);
}

int fastrnn_onednn_read_outputs(void *handle, float *y, float *dx) {
    return guarded([&] {
        const run &r = *static_cast<run *>(handle);
        if (r.s.precision == int8) {
            const memory plain = reordered(r.layers.back().y, desc({r.s.steps, r.s.batch, r.s.hidden}, type::u8, tag::tnc));
            const uint8_t *bytes = static_cast<const uint8_t *>(plain.get_data_handle());
            for (size_t i = 0; i < size_t(r.s.steps) * r.s.batch * r.s.hidden; i++) y[i] = (bytes[i] - data_shift) / data_scale;
            return 1;
        }
        copy_out(r.layers.back().y, desc({r.s.steps, r.s.batch, r.s.hidden}, type::f32, tag::tnc), y);
        if (r.s.training) copy_out(r.layers.front().dx, desc({r.s.steps, r.s.batch, r.s.input}, type::f32, tag::tnc), dx);
        return 1;
    }, 0);
}

// Gradients of a layer, as PyTorch lays them out.
int fastrnn_onednn_read_gradients(void *handle, int index, float *d_weight_ih, float *d_weight_hh, float *d_bias_ih, float *d_bias_hh) {
    return guarded([&] {
        const run &r = *static_cast<run *>(handle);
        const layer &l = r.layers.at(index);
        const int hidden = r.s.hidden, gates = r.gates;
        weights_out(r.s.cell, l.d_weights_x, r.input_of(index), gates, hidden, d_weight_ih);
        weights_out(r.s.cell, l.d_weights_h, hidden, gates, hidden, d_weight_hh);
        std::vector<float> bias(size_t(r.s.cell == gru ? 4 : gates) * hidden);
        copy_out(l.d_bias, desc({1, 1, r.s.cell == gru ? 4 : gates, hidden}, type::f32, tag::ldgo), bias.data());
        const std::vector<float> swapped = gates_swapped(r.s.cell, bias.data(), hidden, gates);
        std::memcpy(d_bias_ih, swapped.data(), swapped.size() * sizeof(float));
        std::memcpy(d_bias_hh, swapped.data(), swapped.size() * sizeof(float));
        if (r.s.cell == gru) std::memcpy(d_bias_hh + 2 * hidden, bias.data() + 3 * hidden, hidden * sizeof(float));
        return 1;
    }, 0);
}

void fastrnn_onednn_destroy(void *handle) { delete static_cast<run *>(handle); }

}  // extern "C"
