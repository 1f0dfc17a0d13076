using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Threading;

namespace FastRnn.Diagnostics;

/// <summary>A look inside of a model: a recorded forward pass whose states, gates and Jacobians can be read, and a backward pass that stops
/// after every step and keeps the gradient of every state (Hochreiter 1991; Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio
/// 2013). It runs the same kernels as training, one step at a time, and gives the same bits; nothing is dropped or drawn. Training and
/// inference do not know of it. One inspector serves one thread at a time.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe class Inspector<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private readonly TModel model;
    private readonly RecordedPass pass;
    private UseMark use;

    /// <summary>Takes memory; initial states are those that the model declares.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="options">The most sequences and steps of a pass; one thread does everything.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">Weights of classes or of positive targets are not those of the model's loss.</exception>
    public Inspector(TModel model, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        pass = new RecordedPass(model.Store.Core, RunSizes.OfRecording(Info, options) with { Workers = 1 }, keepsStateGradients: true);
    }

    /// <summary>B: the most sequences of a pass.</summary>
    public int BatchSize => Runner.Sizes.Batch;

    /// <summary>The largest T.</summary>
    public int MaxSteps => Runner.Sizes.Steps;

    /// <summary>The longest T of the last forward pass; 0 before the first.</summary>
    public int Steps { get; private set; }

    private static ModelInfo Info => TModel.Info;

    private Runner Runner => pass.Run.Runner;

    /// <summary>Sets the initial state of the next forward passes, in place of the one that the model declares.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the inspector.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void SetState(int layer, int state, ReadOnlySpan<float> values)
    {
        using var held = use.Hold(this);
        pass.SetState(layer, state, values);
    }

    /// <summary>A recorded forward pass over sequences of one length.</summary>
    /// <param name="inputs">Vectors <c>[T, B, I]</c> or tokens <c>[T, B]</c>.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>, logits not normalised; empty if they are not wanted.</param>
    /// <exception cref="ArgumentException">A span has another length, or T is 0 or above <see cref="MaxSteps"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads something else; or another thread is in the inspector.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Forward(Inputs inputs, Span<float> y = default) =>
        Forward(SequenceBatch.Of(inputs), y);

    /// <summary>A recorded forward pass over sequences of any lengths.</summary>
    /// <param name="batch">The input; targets and weights are not looked at.</param>
    /// <param name="y">Receives O numbers for each position, laid out like the input, or for each sequence; empty if they are not
    /// wanted.</param>
    /// <inheritdoc cref="Forward(Inputs, Span{float})" path="/exception"/>
    public void Forward(in SequenceBatch batch, Span<float> y = default)
    {
        using var held = use.Hold(this);
        Steps = 0;
        pass.Forward(in batch, y, wantsOutputs: !y.IsEmpty);
        Steps = Longest(TimeDomain.Main);
    }

    /// <summary>Copies out a state of the last forward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="t">0 is the initial state, t the state after t steps, up to T; of shorter sequences the last one.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="t"/> is not from 0 to T.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in the inspector.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetState(int layer, int state, int t, Span<float> values)
    {
        using var held = use.Hold(this);
        ArgumentCheck.State(Info, layer, state, values.Length, pass.Count, nameof(values));
        ArgumentCheck.Step(t, 0, StepsOf(layer), nameof(t));
        pass.ReadState(layer, state, t, values);
    }

    /// <summary>The gates of a layer and whatever else a squashing function made, by name, as far as training keeps them for its backward
    /// pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public static IReadOnlyList<ActivationInfo> Activations(int layer)
    {
        ArgumentCheck.Layer(Info, layer);
        return Info.Layers[layer].Activations;
    }

    /// <summary>Copies out the values of a gate at one step of the last forward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="name">One of <see cref="Activations"/>.</param>
    /// <param name="t">The step, from 0 to T - 1: its new state is state t + 1. A sequence that is over has zeros.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such gate, or the span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer or step.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass; or another thread is in the
    /// inspector.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetActivation(int layer, string name, int t, Span<float> values)
    {
        using var held = use.Hold(this);
        CheckRecorded(nameof(GetActivation));
        var gate = new GateReader(pass, layer, Find(layer, name));
        ArgumentCheck.Step(t, 0, StepsOf(layer) - 1, nameof(t));
        ArgumentCheck.Length(values.Length, (long)pass.Count * gate.Size, nameof(values), "[B, D]");
        gate.Read(t, values);
    }

    /// <summary>Which share of a gate's values in the last forward pass lies where the slope is next to nothing (Karpathy, Johnson and Li
    /// 2015).</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="name">One of <see cref="Activations"/>.</param>
    /// <inheritdoc cref="GetActivation" path="/exception"/>
    public GateSaturation Saturation(int layer, string name)
    {
        using var held = use.Hold(this);
        CheckRecorded(nameof(Saturation));
        var saturation = new GateReader(pass, layer, Find(layer, name)).Saturation(StepsOf(layer));
        return saturation;
    }

    /// <summary>Sets the gradient of a last state for the next backward pass, which uses it up.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState" path="/exception"/>
    public void SetStateGradient(int layer, int state, ReadOnlySpan<float> values)
    {
        using var held = use.Hold(this);
        pass.SetStateGradient(layer, state, values);
    }

    /// <summary>The gradients of all states after every step, given that of the outputs.</summary>
    /// <param name="dY">As long as the outputs of the forward pass, and laid out like them: zero but for the last step to see how far its
    /// loss reaches back.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass; or another thread is in the
    /// inspector.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Backward(ReadOnlySpan<float> dY)
    {
        using var held = use.Hold(this);
        CheckRecorded(nameof(Backward));
        pass.Backward(dY);
    }

    /// <summary>The same for the loss that the model declares.</summary>
    /// <param name="targets">Numbers or tokens, as the model's loss wants them; laid out like the outputs.</param>
    /// <returns>The loss as the model declares it: the sum over the positions or their mean.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass, or the model declares no such
    /// loss; or another thread is in the inspector.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public double BackwardFromLoss(Targets targets)
    {
        using var held = use.Hold(this);
        CheckRecorded(nameof(BackwardFromLoss));
        return pass.BackwardFromLoss(SequenceBatch.Of(default, targets));
    }

    /// <summary>Copies out the gradient of a state: of <c>h_t</c> all that the loss says of it, directly and by later steps; of <c>c_t</c>
    /// what later steps say of it, with <c>h_t</c> held fixed. A derivative of the loss with respect to the layer's carried states, that
    /// is.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="t">0 is the initial state, t the state after t steps, up to T; of a sequence that is over by then, zeros.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="t"/> is not from 0 to T.</exception>
    /// <exception cref="InvalidOperationException">There was no backward pass since the last forward pass; or another thread is in the
    /// inspector.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetGradient(int layer, int state, int t, Span<float> values)
    {
        using var held = use.Hold(this);
        ArgumentCheck.State(Info, layer, state, values.Length, pass.Count, nameof(values));
        CheckGradients(layer, t);
        pass.ReadGradient(layer, state, t, values);
    }

    /// <summary>The Euclidean norm of the gradient of a state (<see cref="GetGradient"/>) over all rows of the batch and all units. Against
    /// t it shows whether the gradient vanishes or explodes.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="t">0 is the initial state, t the state after t steps, up to T.</param>
    /// <inheritdoc cref="GetGradient" path="/exception"/>
    public double GradientNorm(int layer, int state, int t)
    {
        using var held = use.Hold(this);
        var size = Info.Layers.ElementAtOrDefault(layer)?.States.ElementAtOrDefault(state)?.Size ?? 0;
        ArgumentCheck.State(Info, layer, state, pass.Count * size, pass.Count, nameof(state));
        CheckGradients(layer, t);
        var norm = new FindingSearch(pass).GradientNorm(layer, state, t);
        return norm;
    }

    /// <summary>The derivative of a layer's new states with respect to its old ones at a point of the last forward pass, all states one
    /// after the other.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="t">The step, from 0 to T - 1.</param>
    /// <param name="row">The sequence's place in the batch.</param>
    /// <exception cref="ArgumentException">The layer is not recurrent.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, step or sequence.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass; or another thread is in the
    /// inspector.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public StepJacobian Jacobian(int layer, int t, int row)
    {
        using var held = use.Hold(this);
        CheckRecorded(nameof(Jacobian));
        ArgumentCheck.Layer(Info, layer);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, pass.Count);
        ArgumentCheck.Step(t, 0, TimeOf(layer).Length[TimeOf(layer).Row[row]] - 1, nameof(t));
        var jacobian = JacobianPass.Run(Runner, layer, t, TimeOf(layer).Row[row]);
        return jacobian;
    }

    /// <summary>After a forward pass: looks for the first number that is not finite or has exploded, in parameters, input, states and the
    /// loss, then goes backward from the declared loss and looks at the gradients.</summary>
    /// <param name="targets">Numbers or tokens, as the model's loss wants them.</param>
    /// <param name="bounds">What counts as an explosion; null for what is not finite alone.</param>
    /// <inheritdoc cref="BackwardFromLoss(Targets)" path="/exception"/>
    public Finding Explain(Targets targets, FindingBounds? bounds = null) =>
        Explain(SequenceBatch.Of(default, targets), bounds);

    /// <summary>Gives the memory back to the pool. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the inspector: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            pass.Dispose();
        }

        GC.KeepAlive(model);
    }

    /// <summary>Initial states become those of another run.</summary>
    internal void SetStates(StateStore states) => pass.SetStates(states);

    internal Finding Explain(in SequenceBatch targets, FindingBounds? bounds)
    {
        using var held = use.Hold(this);
        CheckRecorded(nameof(Explain));
        var search = new FindingSearch(pass);
        var before = search.Forward(bounds ?? new FindingBounds());
        pass.BackwardFromLoss(in targets);
        return before ?? search.Backward(bounds ?? new FindingBounds());
    }

    private static ActivationInfo Find(int layer, string name) =>
        Activations(layer).FirstOrDefault(a => a.Name == name) ?? throw new ArgumentException(
            $"Layer {layer} ({Info.Layers[layer].Cell}) has no activation '{name}'; "
                + $"it has {string.Join(", ", Activations(layer).Select(a => a.Name).DefaultIfEmpty("none"))}.", nameof(name));

    private TimeRows TimeOf(int layer) => Runner.Plan[Runner.Workspace.Steps[layer].Time];

    private int StepsOf(int layer) => Steps == 0 ? 0 : Longest(Runner.Workspace.Steps[layer].Time);

    private int Longest(TimeDomain time) => new ReadOnlySpan<int>(Runner.Plan[time].Length, pass.Count).ToArray().Max();

    /// <summary>Gates are written over by the backward pass, and a Jacobian needs what the forward pass read.</summary>
    private void CheckRecorded(string what)
    {
        if (!pass.IsRecorded)
        {
            throw new InvalidOperationException($"{what} needs a forward pass first, and a backward pass uses it up: run Forward again.");
        }
    }

    private void CheckGradients(int layer, int t)
    {
        pass.CheckGradients();
        ArgumentCheck.Step(t, 0, StepsOf(layer), nameof(t));
    }
}
