namespace FastRnn.Benchmarks.Peers;

/// <summary>Of a side's weights, and for peers that know no mixture of its data, too.</summary>
internal enum Precision
{
    Single,
    BFloat16,
    Int8,
}
