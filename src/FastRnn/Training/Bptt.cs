using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>Backpropagation through time by hand: a recorded forward pass, then the gradients of every parameter, of the input and of the
/// initial states for any gradient of the outputs and of the last states. The trainer is made of the same parts; this is for losses
/// and experiments of one's own, and for checking. Nothing is dropped or drawn. One object serves one thread at a time.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
public sealed class Bptt<TModel> : IDisposable
    where TModel : class, IModel<TModel>
{
    private readonly TModel model;
    private readonly RecordedPass pass;
    private UseMark use;

    /// <summary>Takes memory; initial states are those that the model declares, gradients are zero.</summary>
    /// <param name="model">The parameters; kept, not copied.</param>
    /// <param name="options">The most sequences and steps of a pass, and workers.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Bptt(TModel model, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        var sizes = RunSizes.OfRecording(TModel.Info, options);
        pass = new RecordedPass(model.Store.Core, sizes, keepsStateGradients: false);
    }

    /// <summary>B: the most sequences of a pass.</summary>
    public int BatchSize => pass.Run.Runner.Sizes.Batch;

    /// <summary>The largest T.</summary>
    public int MaxSteps => pass.Run.Runner.Sizes.Steps;

    /// <summary>The gradients of all parameters, in the order of the model's parameters. <see cref="Backward"/> adds to them. The span is
    /// valid while this is reachable and not disposed.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public Span<float> Gradients
    {
        get
        {
            ObjectDisposedException.ThrowIf(pass.Run.Runner.IsDisposed, this);
            return pass.Run.Gradients.Gradients;
        }
    }

    /// <summary>A recorded forward pass over sequences of one length, from the initial states
    /// (<see cref="SetState(int, int, ReadOnlySpan{float})"/>).</summary>
    /// <param name="inputs">Vectors <c>[T, B, I]</c> or tokens <c>[T, B]</c>.</param>
    /// <param name="y">Receives <c>[T, B, O]</c>, or <c>[B, O]</c> of a model with one output a sequence; logits are not
    /// normalised.</param>
    /// <exception cref="ArgumentException">A span has another length, or T is 0 or above <see cref="MaxSteps"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="InvalidOperationException">The model reads something else; or another thread is in here.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Forward(Inputs inputs, Span<float> y) => Forward(SequenceBatch.Of(inputs), y);

    /// <summary>A recorded forward pass over sequences of any lengths.</summary>
    /// <param name="batch">The input; targets and weights are not looked at.</param>
    /// <param name="y">Receives O numbers for each position, laid out like the input, or for each sequence; logits are not
    /// normalised.</param>
    /// <inheritdoc cref="Forward(Inputs, Span{float})" path="/exception"/>
    public void Forward(in SequenceBatch batch, Span<float> y)
    {
        using var held = use.Hold(this);
        pass.Forward(in batch, y, wantsOutputs: true);
    }

    /// <summary>The gradients of everything, given that of the outputs. Weights' gradients are added to <see cref="Gradients"/>; those of
    /// the last states are taken from <see cref="SetStateGradient"/> (zero unless set since the last backward pass).</summary>
    /// <param name="dY">As long as the outputs of the forward pass, and laid out like them.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass; or another thread is in
    /// here.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Backward(ReadOnlySpan<float> dY)
    {
        using var held = use.Hold(this);
        pass.Backward(dY);
        pass.Run.AddGradients();
    }

    /// <summary>All gradients of parameters become zero.</summary>
    public void ClearGradients()
    {
        using var held = use.Hold(this);
        pass.Run.Gradients.Clear();
    }

    /// <summary>Sets the initial state of the next forward passes, in place of the one that the model declares. Numbers below 2^-100 become
    /// 0, as in every state that a step computes.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in here.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void SetState(int layer, int state, ReadOnlySpan<float> values)
    {
        using var held = use.Hold(this);
        pass.SetState(layer, state, values);
    }

    /// <summary>Copies out a state as the last step of each sequence of the last forward pass left it.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState(int, int, ReadOnlySpan{float})" path="/exception"/>
    public void GetState(int layer, int state, Span<float> values)
    {
        using var held = use.Hold(this);
        pass.ReadLastState(layer, state, values);
    }

    /// <summary>The same by the state's name in the cell: <c>"h"</c>, <c>"c"</c>.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's name.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState(int, int, ReadOnlySpan{float})" path="/exception"/>
    public void GetState(int layer, string state, Span<float> values) =>
        GetState(layer, ArgumentCheck.State(TModel.Info, layer, state), values);

    /// <summary>The same by the state's name.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's name.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState(int, int, ReadOnlySpan{float})" path="/exception"/>
    public void SetState(int layer, string state, ReadOnlySpan<float> values) =>
        SetState(layer, ArgumentCheck.State(TModel.Info, layer, state), values);

    /// <summary>Sets the gradient of a last state for the next backward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState(int, int, ReadOnlySpan{float})" path="/exception"/>
    public void SetStateGradient(int layer, int state, ReadOnlySpan<float> values)
    {
        using var held = use.Hold(this);
        pass.SetStateGradient(layer, state, values);
    }

    /// <summary>Copies out the gradient of an initial state after a backward pass.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <inheritdoc cref="SetState(int, int, ReadOnlySpan{float})" path="/exception"/>
    public void GetStateGradient(int layer, int state, Span<float> values)
    {
        using var held = use.Hold(this);
        pass.ReadStateGradient(layer, state, values);
    }

    /// <summary>Copies out the gradient of the input (of the embedded tokens, for a model with an embedding) after a backward
    /// pass.</summary>
    /// <param name="dX">Receives <c>[T, B, I]</c>, laid out like the input.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">A one-hot input has no gradient; or another thread is in here.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetInputGradient(Span<float> dX)
    {
        using var held = use.Hold(this);
        pass.ReadInputGradient(dX);
    }

    /// <summary>Gives the memory back to the pool and ends the threads. Once is enough; the second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in here: it goes on, and nothing was disposed of.</exception>
    public void Dispose()
    {
        if (use.EnterLast(this))
        {
            pass.Dispose();
        }

        GC.KeepAlive(model);
    }
}
