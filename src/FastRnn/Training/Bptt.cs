using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>Backpropagation through time by hand: a recorded forward pass, then the gradients of every parameter, of the input and of the
/// initial states for any gradient of the outputs and of the last states. The trainer is made of the same parts; this is for losses
/// and experiments of one's own, and for checking.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed unsafe partial class Bptt<TModel> : IDisposable
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly BackwardPass<TModel> backward;
    private readonly WeightGradients<TModel> weights;
    private readonly Arena arena;
    private readonly ThreadTeam team;
    private readonly ForwardJob forwardJob;
    private readonly BackwardJob backwardJob;
    private readonly GradientJob gradientJob;
    private int recorded;
    private bool stateGradientsAreSpent;

    /// <summary>Takes the arena; initial states and gradients are zero.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="batchSize">B, at least 1.</param>
    /// <param name="steps">The largest T, at least 1.</param>
    /// <param name="threads">Workers; 0 takes one for each processor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range: the number of threads ends at 1024, the batch
    /// where the numbers of a step, or all positions, no longer fit an <see cref="int"/>.</exception>
    /// <exception cref="InvalidOperationException">The model is more than a chain of layers.</exception>
    public Bptt(Model<TModel> model, int batchSize, int steps, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ThreadTeam.Check(threads, nameof(threads));
        if (TModel.Info.IsWired)
        {
            throw new InvalidOperationException($"{TModel.Info.Name} is more than a chain of layers: use Trainer.Accumulate and Trainer.Gradients.");
        }

        Door.Batch(TModel.Info, batchSize, steps, nameof(batchSize));
        model.PrepareBackward();
        var workers = threads > 0 ? threads : ThreadTeam.DefaultThreads;
        workspace = new Workspace<TModel>(model, batchSize, steps, workers, record: true);
        backward = new BackwardPass<TModel>(workspace, wantsInputGradient: true);
        weights = new WeightGradients<TModel>(workspace, backward);
        arena = new Arena((ref ArenaLayout layout) =>
        {
            workspace.Carve(ref layout);
            backward.Carve(ref layout);
            weights.Carve(ref layout);
        });
        team = new ThreadTeam(workers);
        forwardJob = new ForwardJob(this);
        backwardJob = new BackwardJob(this);
        gradientJob = new GradientJob(this);
    }

    /// <summary>B.</summary>
    public int BatchSize => workspace.Batch;

    /// <summary>The largest T.</summary>
    public int MaxSteps => workspace.Steps;

    /// <summary>The gradients of all parameters, in the order of <see cref="Model{TSelf}.Parameters"/>. <see cref="Backward"/> adds to them. The span is
    /// valid while this is reachable and not disposed.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public Span<float> Gradients
    {
        get
        {
            arena.ThrowIfDisposed(this);
            return weights.Gradients;
        }
    }

    /// <summary>A recorded forward pass over vectors from the initial states (<see cref="SetState"/>).</summary>
    /// <param name="x"><c>[T, B, I]</c>.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>; logits are not normalised.</param>
    /// <exception cref="ArgumentException">A span has another length, or T is 0 or above <see cref="MaxSteps"/>.</exception>
    /// <exception cref="InvalidOperationException">The model reads tokens.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Door.Vectors(TModel.Info);
        var steps = CheckedSteps(x.Length, BatchSize * TModel.Info.InputSize, nameof(x), "[T, B, I]");
        Door.Length(y.Length, (long)steps * BatchSize * TModel.Info.OutputSize, nameof(y), "[T, B, O]");
        fixed (float* input = x)
        {
            Forward(input, steps, y);
        }
    }

    /// <summary>A recorded forward pass over tokens.</summary>
    /// <param name="tokens"><c>[T, B]</c>, each from 0 to Vocabulary - 1.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>; logits are not normalised.</param>
    /// <exception cref="ArgumentException">A span has another length, or T is 0 or above <see cref="MaxSteps"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads vectors.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Forward(ReadOnlySpan<int> tokens, Span<float> y)
    {
        Door.Tokens(TModel.Info);
        var steps = CheckedSteps(tokens.Length, BatchSize, nameof(tokens), "[T, B]");
        Door.Length(y.Length, (long)steps * BatchSize * TModel.Info.OutputSize, nameof(y), "[T, B, O]");
        Door.Vocabulary(tokens, TModel.Info.Vocabulary, nameof(tokens), BatchSize);
        tokens.CopyTo(new Span<int>(workspace.Tokens, tokens.Length));
        Forward(null, steps, y);
    }

    /// <summary>The gradients of everything, given that of the outputs. Weights' gradients are added to <see cref="Gradients"/>; those of
    /// the last states are taken from <see cref="SetStateGradient"/> (zero unless set since the last backward pass).</summary>
    /// <param name="dY"><c>[T, B, O]</c>, for the T of the forward pass.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Backward(ReadOnlySpan<float> dY)
    {
        arena.ThrowIfDisposed(this);
        if (recorded == 0)
        {
            throw new InvalidOperationException("Backward needs a forward pass first: each one is used once.");
        }

        var size = TModel.Info.OutputSize;
        var positions = recorded * BatchSize;
        Door.Length(dY.Length, (long)positions * size, nameof(dY), "[T, B, O]");
        DropSpentStateGradients();
        backwardJob.Steps = recorded;
        recorded = 0;
        stateGradientsAreSpent = true;
        fixed (float* gradient = dY)
        {
            backwardJob.DY = gradient;
            team.Run(backwardJob);
        }

        weights.Prepare(LastSteps);
        team.Run(gradientJob);
        GC.KeepAlive(this);
    }

    /// <summary>All gradients of parameters become zero.</summary>
    public void ClearGradients()
    {
        Gradients.Clear();
        GC.KeepAlive(this);
    }

    /// <summary>Sets the initial state of the next forward passes. Numbers below 2^-100 become 0, as in every state that a step computes.</summary>
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

    /// <summary>Copies out a state as the last step of the last forward pass left it.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState" path="/exception"/>
    public void GetState(int layer, int state, Span<float> values)
    {
        var size = CheckedState(layer, state, values.Length, nameof(values));
        PaddedRows.Read(workspace.State(layer, state) + (LastSteps * workspace[layer].States[state].Step), values, BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>Sets the gradient of a last state for the next backward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState" path="/exception"/>
    public void SetStateGradient(int layer, int state, ReadOnlySpan<float> values)
    {
        var size = CheckedState(layer, state, values.Length, nameof(values));
        DropSpentStateGradients();
        PaddedRows.Write(values, backward.StateGradient(layer, state), BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>Copies out the gradient of an initial state after a backward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState" path="/exception"/>
    public void GetStateGradient(int layer, int state, Span<float> values)
    {
        var size = CheckedState(layer, state, values.Length, nameof(values));
        PaddedRows.Read(backward.StateGradient(layer, state), values, BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>Copies out the gradient of the input (of the embedded tokens, for a model with an embedding) after a backward pass.</summary>
    /// <param name="dX">Receives <c>[T, B, I]</c>.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">A one-hot input has no gradient.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetInputGradient(Span<float> dX)
    {
        arena.ThrowIfDisposed(this);
        if (backward.DInput == null)
        {
            throw new InvalidOperationException($"{TModel.Info.Name} reads one-hot tokens, which have no gradient.");
        }

        Door.Length(dX.Length, (long)LastSteps * BatchSize * TModel.Info.InputSize, nameof(dX), "[T, B, I]");
        PaddedRows.Read(backward.DInput, dX, LastSteps * BatchSize, TModel.Info.InputSize);
        GC.KeepAlive(this);
    }

    /// <summary>Gives the memory back to the pool and ends the threads.</summary>
    public void Dispose()
    {
        team.Dispose();
        arena.Dispose();
    }

    private int LastSteps { get; set; }

    private void Forward(float* x, int steps, Span<float> y)
    {
        fixed (float* output = y)
        {
            forwardJob.X = x;
            forwardJob.Y = output;
            forwardJob.Steps = steps;
            team.Run(forwardJob);
        }

        recorded = LastSteps = steps;
        GC.KeepAlive(this);
    }

    /// <summary>A backward pass turns the gradients of last states into those of first states, which stay readable until new ones are set or used.</summary>
    private void DropSpentStateGradients()
    {
        if (stateGradientsAreSpent)
        {
            backward.ClearStateGradients(0, BatchSize);
            stateGradientsAreSpent = false;
        }
    }

    private int CheckedSteps(int length, int step, string name, string shape)
    {
        arena.ThrowIfDisposed(this);
        return Door.Steps(length, step, MaxSteps, name, shape);
    }

    private int CheckedState(int layer, int state, int length, string name)
    {
        arena.ThrowIfDisposed(this);
        return Door.State(TModel.Info, layer, state, length, BatchSize, name);
    }
}
