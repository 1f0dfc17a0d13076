using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Training;

namespace FastRnn.Diagnostics;

/// <summary>A look inside of a model: a recorded forward pass whose states, gates and Jacobians can be read, and a backward pass that stops after every
/// step and keeps the gradient of every state. It runs the same kernels as training, one step at a time, and gives the same bits. Whoever does not make an
/// inspector pays nothing for it: training and inference do not know of it.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe partial class Inspector<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly StepwiseBackward<TModel> backward;
    private readonly LossPass<TModel> loss;
    private readonly Arena arena;
    private bool isRecorded;
    private bool hasGradients;

    /// <summary>Takes the memory; initial states are zero.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="batchSize">B, at least 1.</param>
    /// <param name="steps">The largest T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range: the batch ends where the numbers of a step, or all positions, no
    /// longer fit an <see cref="int"/>.</exception>
    /// <exception cref="NotSupportedException">The model is more than a chain of layers: encoder and decoder, two directions, attention.</exception>
    public Inspector(Model<TModel> model, int batchSize, int steps)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Door.Batch(TModel.Info, batchSize, steps, nameof(batchSize));
        if (Info.IsWired)
        {
            throw new NotSupportedException($"{Info.Name} is more than a chain of layers: an inspector looks into chains.");
        }

        model.PrepareBackward();
        workspace = new Workspace<TModel>(model, batchSize, steps, workers: 1, record: true);
        backward = new StepwiseBackward<TModel>(workspace);
        loss = new LossPass<TModel>(workspace);
        arena = new Arena((ref ArenaLayout layout) =>
        {
            workspace.Carve(ref layout);
            backward.Carve(ref layout);
            loss.Carve(ref layout);
        });
    }

    /// <summary>B.</summary>
    public int BatchSize => workspace.Batch;

    /// <summary>The largest T.</summary>
    public int MaxSteps => workspace.Steps;

    /// <summary>T of the last forward pass; 0 before the first.</summary>
    public int Steps { get; private set; }

    internal Workspace<TModel> Workspace => workspace;

    private static ModelInfo Info => TModel.Info;

    /// <summary>Sets the initial state of the next forward passes.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void SetState(int layer, int state, ReadOnlySpan<float> values)
    {
        var size = CheckedState(layer, state, values.Length, nameof(values));
        PaddedRows.WriteState(values, workspace.State(layer, state), BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>A recorded forward pass over vectors.</summary>
    /// <param name="x"><c>[T, B, I]</c>.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>, logits not normalised; empty if nobody wants them.</param>
    /// <exception cref="ArgumentException">A span has another length, or T is 0 or above <see cref="MaxSteps"/>.</exception>
    /// <exception cref="InvalidOperationException">The model reads tokens.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Forward(ReadOnlySpan<float> x, Span<float> y = default)
    {
        arena.ThrowIfDisposed(this);
        var steps = workspace.CheckVectors(x);
        fixed (float* input = x)
        {
            Forward(input, steps, y);
        }
    }

    /// <summary>A recorded forward pass over tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>, each from 0 to Vocabulary - 1.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>, logits not normalised; empty if nobody wants them.</param>
    /// <exception cref="ArgumentException">A span has another length, or T is 0 or above <see cref="MaxSteps"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads vectors.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Forward(ReadOnlySpan<int> tokens, Span<float> y = default)
    {
        arena.ThrowIfDisposed(this);
        Forward(null, workspace.TakeTokens(tokens), y);
    }

    /// <summary>Copies out a state of the last forward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="t">0 is the initial state, t the state after t steps, up to T.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="t"/> is not from 0 to T.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetState(int layer, int state, int t, Span<float> values)
    {
        var size = CheckedState(layer, state, values.Length, nameof(values));
        CheckStep(t, 0, Steps, nameof(t));
        ref var buffer = ref workspace[layer].States[state];
        PaddedRows.Read(buffer.Values + (t * buffer.Step), values, BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back to the pool.</summary>
    public void Dispose() => arena.Dispose();

    private void Forward(float* x, int steps, Span<float> y)
    {
        if (!y.IsEmpty)
        {
            Door.Length(y.Length, (long)steps * BatchSize * Info.OutputSize, nameof(y), "[T, B, O]");
        }

        workspace.Gather(x, steps, 0, BatchSize);
        workspace.Forward(0, steps, 0, BatchSize);
        if (!y.IsEmpty)
        {
            PaddedRows.Read(workspace.Output, y, steps * BatchSize, Info.OutputSize);
        }

        (Steps, isRecorded, hasGradients) = (steps, true, false);
        GC.KeepAlive(this);
    }

    private int CheckedState(int layer, int state, int length, string name)
    {
        arena.ThrowIfDisposed(this);
        return Door.State(Info, layer, state, length, BatchSize, name);
    }

    /// <summary>Gates are written over by the backward pass, and a Jacobian needs what the forward pass read.</summary>
    private void CheckRecorded(string what)
    {
        arena.ThrowIfDisposed(this);
        if (!isRecorded)
        {
            throw new InvalidOperationException($"{what} needs a forward pass first, and a backward pass uses it up: run Forward again.");
        }
    }

    private static void CheckStep(int t, int least, int most, string name)
    {
        if (t < least || t > most)
        {
            throw new ArgumentOutOfRangeException(name, t, string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{name}: expected a step from {least} to {most}, got {t}."));
        }
    }
}
