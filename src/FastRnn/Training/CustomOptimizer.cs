using System.Numerics.Tensors;

using FastRnn.CompilerServices;

namespace FastRnn.Training;

/// <summary>An optimizer of one's own: one method, <see cref="Step"/>, which a trainer uses as it uses <see cref="Adam"/>. What it
/// remembers is in checkpoints.</summary>
/// <remarks><code>
/// sealed class SignSgd(float rate) : CustomOptimizer(rate, stateSlots: 0)
/// {
///     protected override void Step(in OptimizerStep step)
///     {
///         for (var i = 0; i &lt; step.Parameters.Length; i++)
///             step.Parameters[i] -= step.LearningRate * Math.Sign(step.Gradients[i]);
///     }
/// }
/// </code></remarks>
public abstract unsafe class CustomOptimizer : Optimizer
{
    /// <summary>The most slots.</summary>
    private const int MostSlots = 16;

    private const float SmallestNormal = 1.17549435e-38f;
    private const string DecayName = "weight_decay";

    private readonly (string Name, float Value)[] numbers;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">At least 0.</param>
    /// <param name="stateSlots">How many numbers it remembers for each parameter, 0 to 16.</param>
    /// <param name="numbers">What it is made with besides, under names of a checkpoint: <c>("beta1", 0.9f)</c>. A run that goes on goes on
    /// with those of the file, so <see cref="Step"/> asks for them (<see cref="this[string]"/>) each time. That of the name
    /// <c>weight_decay</c> may be another one for a <see cref="ParameterGroup"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or not finite.</exception>
    /// <exception cref="ArgumentException">A name is empty, has a space or an equals sign, or occurs twice.</exception>
    protected CustomOptimizer(float learningRate, int stateSlots, params (string Name, float Value)[] numbers)
        : base(learningRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stateSlots);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stateSlots, MostSlots);
        ArgumentNullException.ThrowIfNull(numbers);
        StateSlots = stateSlots;
        this.numbers = [.. numbers];
        foreach (var (name, value) in numbers)
        {
            if (string.IsNullOrEmpty(name) || name.AsSpan().IndexOfAny(' ', '=') >= 0 || numbers.Count(other => other.Name == name) > 1)
            {
                throw new ArgumentException(
                    $"Numbers: expected names that are all different, without spaces and equals signs, got '{name}'.", nameof(numbers));
            }

            CheckNumber(name, value);
        }
    }

    /// <inheritdoc/>
    public sealed override int StateSlots { get; }

    /// <summary>One of the numbers that it was made with, or that a checkpoint said.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public float this[string name]
    {
        get
        {
            var index = IndexOf(name);
            return index >= 0 ? numbers[index].Value : throw new ArgumentException($"There is no number '{name}'.", nameof(name));
        }
    }

    internal sealed override string Kind => GetType().FullName!;

    internal sealed override (string Name, float Value)[] Numbers => [.. numbers];

    internal sealed override float? Decay => IndexOf(DecayName) is >= 0 and var index ? numbers[index].Value : null;

    internal sealed override bool TakesAnyRange => true;

    /// <summary>Updates a stretch of parameters, each for itself: in which stretches they come, and on which threads at once, must not
    /// matter. Nothing else may be changed than parameters and states.</summary>
    /// <param name="step">Parameters, gradients, states and the number of the step.</param>
    protected abstract void Step(in OptimizerStep step);

    internal sealed override void SetNumbers(ReadOnlySpan<float> values)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i].Value = CheckNumber(numbers[i].Name, values[i]);
        }
    }

    internal sealed override void Update(SimdWidth width, in OptimizerCall call, nint begin, nint end)
    {
        // Behind the last parameter stands padding.
        end = Math.Min(end, call.Count);
        if (begin >= end)
        {
            return;
        }

        var gradients = new Span<float>(call.Gradients + begin, (int)(end - begin));
        if (call.GradientScale != 1)
        {
            TensorPrimitives.Multiply(gradients, call.GradientScale, gradients);
        }

        Step(new OptimizerStep(in call, begin, end, call.LearningRate ?? LearningRate, call.WeightDecay ?? Decay ?? 0));

        // No number becomes a slow denormal, as in the other optimizers; a state may be a square.
        Flush(call.Parameters, begin, end, Activation.FlushLimit);
        foreach (var state in call.States)
        {
            Flush((float*)state, begin, end, SmallestNormal);
        }
    }

    private static void Flush(float* values, nint begin, nint end, float limit)
    {
        for (var i = begin; i < end; i++)
        {
            if (Math.Abs(values[i]) < limit)
            {
                values[i] = 0;
            }
        }
    }

    private static float CheckNumber(string name, float value) => float.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number.");

    private int IndexOf(string name)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
