namespace FastRnn.CompilerServices;

/// <summary>The weights of one to four neighbouring vectors of a tile.</summary>
/// <param name="scales">The units' scales.</param>
/// <param name="tooMuch">What the units' sums have too much, if elements are stored with 128 added.</param>
/// <param name="weights">The weights of the first four elements.</param>
/// <param name="step">Floats from these to the weights of the next four.</param>
internal readonly unsafe struct Int8Panel(float* scales, float* tooMuch, float* weights, nint step)
{
    /// <summary>The units' scales.</summary>
    public float* Scales { get; } = scales;

    /// <summary>Integers that the units' sums have too much.</summary>
    public float* TooMuch { get; } = tooMuch;

    /// <summary>The first weights.</summary>
    public float* Weights { get; } = weights;

    /// <summary>Floats from one word of elements to the next.</summary>
    public nint Step { get; } = step;
}
