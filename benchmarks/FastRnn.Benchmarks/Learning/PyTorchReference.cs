namespace FastRnn.Benchmarks.Learning;

/// <summary>The validation losses of PyTorch 1.13.1, seed 1, one thread, in nats a character: what
/// <c>tests/FastRnn.Tests/PyTorch/learning_reference.py</c> prints for Tiny Shakespeare.</summary>
internal static class PyTorchReference
{
    /// <summary>How far a run may be from the reference where it is judged: seeds alone make a difference of this order.</summary>
    public const double Tolerance = 0.02;

    /// <summary>The losses by step.</summary>
    public static readonly IReadOnlyDictionary<int, double> Losses = new SortedDictionary<int, double>
    {
        [250] = 2.083, [500] = 1.879, [1000] = 1.722, [1500] = 1.664, [2000] = 1.625, [2500] = 1.597, [3000] = 1.584,
    };

    /// <summary>The steps at which a run is judged.</summary>
    public static readonly IReadOnlyList<int> Judged = [1000, 3000];
}
