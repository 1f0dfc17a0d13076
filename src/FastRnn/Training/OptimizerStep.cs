namespace FastRnn.Training;

/// <summary>A stretch of parameters that a <see cref="CustomOptimizer"/> updates; all spans have the same length.</summary>
public readonly unsafe ref struct OptimizerStep
{
    private readonly nint[] states;
    private readonly nint begin;

    internal OptimizerStep(in OptimizerCall call, nint begin, nint end, float learningRate, float weightDecay)
    {
        (states, this.begin) = (call.States, begin);
        var count = (int)(end - begin);
        Parameters = new(call.Parameters + begin, count);
        Gradients = new(call.Gradients + begin, count);
        (Number, LearningRate, WeightDecay) = (call.Step, learningRate, weightDecay);
    }

    /// <summary>The parameters, updated in place.</summary>
    public Span<float> Parameters { get; }

    /// <summary>Their gradients, scaled and clipped.</summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>The number of this step, from 1.</summary>
    public int Number { get; }

    /// <summary>The learning rate of these parameters.</summary>
    public float LearningRate { get; }

    /// <summary>The weight decay of these parameters: the optimizer's number <c>weight_decay</c>, or their group's; 0 if the optimizer has
    /// none.</summary>
    public float WeightDecay { get; }

    /// <summary>What the optimizer remembers of these parameters; zeros before the first step.</summary>
    /// <param name="slot">From 0 to below <see cref="Optimizer.StateSlots"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such slot.</exception>
    public Span<float> State(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, states.Length);
        return new((float*)states[slot] + begin, Parameters.Length);
    }
}
