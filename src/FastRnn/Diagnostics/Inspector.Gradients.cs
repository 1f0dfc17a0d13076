using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Diagnostics;

/// <content>How the gradient flows back through time (Hochreiter 1991; Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013).</content>
public sealed unsafe partial class Inspector<TModel>
{
    /// <summary>Sets the gradient of a last state for the next backward pass, which uses it up.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="values"><c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void SetStateGradient(int layer, int state, ReadOnlySpan<float> values)
    {
        var size = CheckedState(layer, state, values.Length, nameof(values));
        PaddedRows.Write(values, backward.LastGradient(layer, state), BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>The gradients of all states after every step, given that of the outputs.</summary>
    /// <param name="dY"><c>[T, B, O]</c>, for the T of the forward pass: zero but for the last step to see how far its loss reaches back.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void Backward(ReadOnlySpan<float> dY)
    {
        CheckRecorded(nameof(Backward));
        Door.Length(dY.Length, (long)Steps * BatchSize * Info.OutputSize, nameof(dY), "[T, B, O]");
        new Span<float>(backward.DOutput, Steps * BatchSize * Padding.RoundUp(Info.OutputSize)).Clear();
        PaddedRows.Write(dY, backward.DOutput, Steps * BatchSize, Info.OutputSize);
        RunBackward();
    }

    /// <summary>The same for the loss that the model declares.</summary>
    /// <param name="targets"><c>[T, B]</c>: tokens.</param>
    /// <returns>The loss as the model declares it: the sum over the positions or their mean.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass, or the model declares no such loss.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public double BackwardFromLoss(ReadOnlySpan<int> targets)
    {
        CheckRecorded(nameof(BackwardFromLoss));
        CheckLoss();
        loss.SetTargets(targets, Steps);
        return BackwardFromLoss();
    }

    /// <summary>The same for the loss that the model declares.</summary>
    /// <param name="targets"><c>[T, B, O]</c>: numbers.</param>
    /// <inheritdoc cref="BackwardFromLoss(ReadOnlySpan{int})" path="/*[not(self::param)]"/>
    public double BackwardFromLoss(ReadOnlySpan<float> targets)
    {
        CheckRecorded(nameof(BackwardFromLoss));
        CheckLoss();
        loss.SetTargets(targets, Steps);
        return BackwardFromLoss();
    }

    /// <summary>Copies out the gradient of a state: of <c>h_t</c> all that the loss says of it, directly and by later steps; of <c>c_t</c> what later steps say of
    /// it, with <c>h_t</c> held fixed. A derivative of the loss with respect to the layer's carried states, that is.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="t">0 is the initial state, t the state after t steps, up to T.</param>
    /// <param name="values">Receives <c>[B, D]</c>.</param>
    /// <exception cref="ArgumentException">There is no such state, or the span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="t"/> is not from 0 to T.</exception>
    /// <exception cref="InvalidOperationException">There was no backward pass since the last forward pass.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public void GetGradient(int layer, int state, int t, Span<float> values)
    {
        var size = CheckedState(layer, state, values.Length, nameof(values));
        CheckGradients(t);
        PaddedRows.Read(backward.Gradient(layer, state, t), values, BatchSize, size);
        GC.KeepAlive(this);
    }

    /// <summary>The Euclidean norm of the gradient of a state (<see cref="GetGradient"/>) over all rows of the batch and all units. Against t it shows whether the
    /// gradient vanishes or explodes.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="state">The state's index.</param>
    /// <param name="t">0 is the initial state, t the state after t steps, up to T.</param>
    /// <inheritdoc cref="GetGradient" path="/exception"/>
    public double GradientNorm(int layer, int state, int t)
    {
        var size = Info.Layers.ElementAtOrDefault(layer)?.States.ElementAtOrDefault(state)?.Size ?? 0;
        CheckedState(layer, state, BatchSize * size, nameof(state));
        CheckGradients(t);
        var sum = 0.0;
        for (var row = 0; row < BatchSize; row++)
        {
            foreach (var value in new ReadOnlySpan<float>(backward.Gradient(layer, state, t) + ((nint)row * Padding.RoundUp(size)), size))
            {
                sum += (double)value * value;
            }
        }

        GC.KeepAlive(this);
        return Math.Sqrt(sum);
    }

    private double BackwardFromLoss()
    {
        loss.Run(backward.DOutput, Steps, 0, BatchSize);
        RunBackward();
        var sum = loss.Sum(Steps);
        return Info.Reduction == Reduction.Mean ? sum / ((double)Steps * BatchSize) : sum;
    }

    private void RunBackward()
    {
        backward.Run(Steps);
        (isRecorded, hasGradients) = (false, true);
        GC.KeepAlive(this);
    }

    private static void CheckLoss()
    {
        if (Info.Loss == LossKind.None)
        {
            throw new InvalidOperationException($"{Info.Name} declares no loss: give Backward a gradient of your own.");
        }
    }

    private void CheckGradients(int t)
    {
        if (!hasGradients)
        {
            throw new InvalidOperationException("Gradients need a backward pass after the forward pass.");
        }

        CheckStep(t, 0, Steps, nameof(t));
    }
}
