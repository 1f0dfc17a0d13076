namespace FastRnn.Tests.PyTorch;

/// <summary>A model for every golden file.</summary>
internal static partial class GoldenModels
{
    public static IReadOnlyDictionary<string, IGoldenRunner> All { get; } =
        Elman.Concat(ElmanRelu).Concat(Lstm).Concat(Gru).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
