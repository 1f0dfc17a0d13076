using FastRnn.Execution;

namespace FastRnn.Inference;

/// <content>What the streams carry from step to step. Everything is checked before the session is entered: from there on nothing
/// throws.</content>
public sealed unsafe partial class Session<TModel>
{
    /// <summary>All streams begin anew: with zeros, or with what the model learned.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the session.</exception>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    public void Reset()
    {
        using var held = use.Hold(this);
        run.Reset();
    }

    /// <summary>One stream begins anew, and the others go on.</summary>
    /// <param name="stream">The stream, from 0 to <see cref="BatchSize"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such stream.</exception>
    /// <inheritdoc cref="Reset()" path="/exception"/>
    public void Reset(int stream)
    {
        ArgumentCheck.Stream(stream, BatchSize, nameof(stream));
        using var held = use.Hold(this);
        if (run.HasBegun)
            run.Begin((stream, stream + 1));
    }

    /// <summary>What the streams carry, as a new value.</summary>
    /// <inheritdoc cref="Reset()" path="/exception"/>
    public SessionState<TModel> GetState()
    {
        var state = new SessionState<TModel>(BatchSize);
        GetState(state);
        return state;
    }

    /// <summary>Copies what the streams carry. Allocates nothing.</summary>
    /// <param name="state">Receives it; of as many streams as the session.</param>
    /// <exception cref="ArgumentException"><paramref name="state"/> has another number of streams.</exception>
    /// <inheritdoc cref="Reset()" path="/exception"/>
    public void GetState(SessionState<TModel> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.CheckBatch(BatchSize, nameof(state));
        using var held = use.Hold(this);
        run.Begin();
        StreamRows<TModel>.Read(run, 0, BatchSize, state, 0);
    }

    /// <summary>The streams go on from a state, wherever it came from: a session of any number of threads, vector width and weight format.
    /// Copied; allocates nothing. Numbers below 2^-100 become 0, as in every state that a step computes.</summary>
    /// <param name="state">The state; of as many streams as the session.</param>
    /// <inheritdoc cref="GetState(SessionState{TModel})" path="/exception"/>
    public void SetState(SessionState<TModel> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.CheckBatch(BatchSize, nameof(state));
        using var held = use.Hold(this);
        run.Begin();
        StreamRows<TModel>.Write(run, 0, BatchSize, state, 0);
    }

    /// <summary>Copies what one stream carries. Allocates nothing.</summary>
    /// <param name="stream">The stream, from 0 to <see cref="BatchSize"/> - 1.</param>
    /// <param name="state">Receives it; of any number of streams.</param>
    /// <param name="row">The stream that it becomes there.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such stream.</exception>
    /// <inheritdoc cref="Reset()" path="/exception"/>
    public void GetStream(int stream, SessionState<TModel> state, int row = 0)
    {
        StreamRows<TModel>.Check(stream, BatchSize, state, row);
        using var held = use.Hold(this);
        run.Begin();
        StreamRows<TModel>.Read(run, stream, 1, state, row);
    }

    /// <summary>One stream goes on from a state; the others go on as before. Allocates nothing. With <see cref="GetStream"/> and
    /// <see cref="Reset(int)"/>, streams come and go in a batch that is stepped all the time.</summary>
    /// <param name="stream">The stream, from 0 to <see cref="BatchSize"/> - 1.</param>
    /// <param name="state">The state; of any number of streams.</param>
    /// <param name="row">Which of its streams.</param>
    /// <inheritdoc cref="GetStream" path="/exception"/>
    public void SetStream(int stream, SessionState<TModel> state, int row = 0)
    {
        StreamRows<TModel>.Check(stream, BatchSize, state, row);
        using var held = use.Hold(this);
        run.Begin();
        StreamRows<TModel>.Write(run, stream, 1, state, row);
    }

    /// <summary>A second session with the same model, batch size, threads, weights and state: both go on, each for itself, and give the
    /// same bits for the same input. To be disposed of like any other.</summary>
    /// <inheritdoc cref="Reset()" path="/exception"/>
    public Session<TModel> Fork()
    {
        using var held = use.Hold(this);
        return new Session<TModel>(model, run.Sizes, this);
    }

    /// <summary>Copies one of the carried states out.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index: the order of what <c>Step</c> returns.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <inheritdoc cref="Reset()" path="/exception"/>
    public void GetState(int layer, int state, Span<float> values)
    {
        var size = ArgumentCheck.State(TModel.Info, layer, state, values.Length, BatchSize, nameof(values));
        using var held = use.Hold(this);
        run.Begin();
        PaddedRows.Read(run.State(layer, state), values, BatchSize, size);
    }

    /// <summary>Replaces one of the carried states. Numbers below 2^-100 become 0, as in every state that a step computes.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index: the order of what <c>Step</c> returns.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <inheritdoc cref="GetState(int, int, Span{float})" path="/exception"/>
    public void SetState(int layer, int state, ReadOnlySpan<float> values)
    {
        var size = ArgumentCheck.State(TModel.Info, layer, state, values.Length, BatchSize, nameof(values));
        using var held = use.Hold(this);
        run.Begin();
        PaddedRows.WriteState(values, run.State(layer, state), BatchSize, size);
        run.Derive();
    }

    /// <summary>Copies one of the carried states out, by its name.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's name in the cell: <c>"h"</c>, <c>"c"</c>.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <inheritdoc cref="GetState(int, int, Span{float})" path="/exception"/>
    public void GetState(int layer, string state, Span<float> values) =>
        GetState(layer, ArgumentCheck.State(TModel.Info, layer, state), values);

    /// <summary>Replaces one of the carried states, by its name.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's name in the cell.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState(int, int, ReadOnlySpan{float})" path="/exception|/summary"/>
    public void SetState(int layer, string state, ReadOnlySpan<float> values) =>
        SetState(layer, ArgumentCheck.State(TModel.Info, layer, state), values);
}
