namespace FastRnn.Diagnostics;

/// <summary>With what <see cref="GradientCheck"/> tries a model.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>The seed of inputs, targets and parameters, and of all that training draws. Some seeds silence a whole layer of ReLUs,
    /// which checks nothing.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Sequences of the batch, at least 1.</summary>
    public int Sequences { get; init; } = 3;

    /// <summary>Steps of the longest sequence, at least 1; the others, and their sources, have other lengths.</summary>
    public int Steps { get; init; } = 7;

    /// <summary>The most elements of one parameter that are checked each by itself, at least 0; 0 leaves it to the size of the model: all
    /// of a small one. Where some are left out, the first and the last one are among those that are not, and the derivative along a
    /// direction looks at all of them together.</summary>
    public int Elements { get; init; }

    /// <summary>The vector width of the kernels; a model that is there has its own.</summary>
    public SimdWidth Width { get; init; } = SimdWidth.Auto;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Sequences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Elements);
    }
}
