namespace FastRnn.Benchmarks.Micro;

/// <summary>A benchmark whose work can be held against the FMA peak.</summary>
internal interface ICountsFlops
{
    /// <summary>Floating-point operations of one operation of a method, for the parameters that are set.</summary>
    double Flops(string method);
}
