namespace FastRnn.Benchmarks.Activations;

/// <summary>The largest error so far, and where it was.</summary>
internal readonly record struct Worst(double Error, float X)
{
    /// <summary>The larger one; of equal ones that with the smaller bits, so that it does not matter who was first.</summary>
    public static Worst Of(Worst a, Worst b) =>
        b.Error > a.Error || (b.Error == a.Error && BitConverter.SingleToUInt32Bits(b.X) < BitConverter.SingleToUInt32Bits(a.X)) ? b : a;
}
