using FastRnn.Data;
using FastRnn.Execution;

namespace FastRnn.Inference;

/// <content>With which states sequences begin and end.</content>
public sealed partial class Predictor<TModel>
{
    /// <summary>Copies out a state of all sequences after the last call of <see cref="Run(in SequenceBatch, Span{float})"/>: that of each
    /// sequence after its own last step. A layer that reads sequences backwards has read their first step last.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index: the order of what <c>Step</c> returns.</param>
    /// <param name="values">Receives <c>[B, D]</c>: as many sequences as that call had.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">The predictor was created without <see cref="RunOptions.KeepStates"/>, there was no call
    /// that succeeded, or another thread is in the predictor.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetState(int layer, int state, Span<float> values)
    {
        using var held = use.Hold(this);
        var kept = Kept();
        CheckHasRun();
        kept.Read(layer, state, values, runner.Input.Count);
    }

    /// <summary>Copies out a state of all sequences after the last call, by its name.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's name in the cell: <c>"h"</c>, <c>"c"</c>.</param>
    /// <param name="values">Receives <c>[B, D]</c>: as many sequences as that call had.</param>
    /// <inheritdoc cref="GetState(int, int, Span{float})" path="/exception"/>
    public void GetState(int layer, string state, Span<float> values) =>
        GetState(layer, ArgumentCheck.State(TModel.Info, layer, state), values);

    /// <summary>The sequences of the next calls of <see cref="Run(in SequenceBatch, Span{float})"/> begin with this state, each call
    /// anew, until <see cref="ResetState"/>; states that are not set begin as the model declares. Numbers below 2^-100 become 0, as in
    /// every state that a step computes. A sequence that is cut in two has the bits of the whole, if the second part begins with the
    /// states of the first one and nothing in the model looks at a sequence as a whole.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index: the order of what <c>Step</c> returns.</param>
    /// <param name="values"><c>[B, D]</c>, of 1 to <see cref="BatchSize"/> sequences; the next calls must have as many. A layer that reads
    /// backwards begins with it at a sequence's last step.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length; or the state begins with what an encoder
    /// hands over or the model makes of a condition, or belongs to recurrent dropout.</exception>
    /// <exception cref="InvalidOperationException">The predictor was created without <see cref="RunOptions.KeepStates"/>, or another thread
    /// is in it.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void SetState(int layer, int state, ReadOnlySpan<float> values)
    {
        using var held = use.Hold(this);
        Kept().Set(layer, state, values, BatchSize);
    }

    /// <summary>The sequences of the next calls begin with this state, by its name.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's name in the cell: <c>"h"</c>, <c>"c"</c>.</param>
    /// <param name="values"><c>[B, D]</c>, of 1 to <see cref="BatchSize"/> sequences; the next calls must have as many.</param>
    /// <inheritdoc cref="SetState(int, int, ReadOnlySpan{float})" path="/exception"/>
    public void SetState(int layer, string state, ReadOnlySpan<float> values) =>
        SetState(layer, ArgumentCheck.State(TModel.Info, layer, state), values);

    /// <summary>The sequences of the next calls begin as the model declares: with zeros, or with what it learned. Nothing happens without
    /// <see cref="RunOptions.KeepStates"/>.</summary>
    /// <exception cref="InvalidOperationException">Another thread is in the predictor.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void ResetState()
    {
        using var held = use.Hold(this);
        states?.Reset();
    }

    private SequenceStates Kept() => states ?? throw new InvalidOperationException(
        $"This predictor of {TModel.Info.Name} keeps no states: create it with new RunOptions {{ KeepStates = true }}.");

    private void CheckHasRun()
    {
        if (!hasRun)
        {
            throw new InvalidOperationException("There was no call of Run that succeeded.");
        }
    }
}
