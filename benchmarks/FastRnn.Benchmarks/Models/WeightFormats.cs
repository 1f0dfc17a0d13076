using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Models;

/// <summary>What a precision of the tables is called in the library.</summary>
internal static class WeightFormats
{
    public static WeightFormat Of(Precision precision) => precision switch
    {
        Precision.Single => WeightFormat.Float32,
        Precision.BFloat16 => WeightFormat.BFloat16,
        _ => WeightFormat.Int8,
    };
}
