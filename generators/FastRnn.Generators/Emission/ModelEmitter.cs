using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Emission;

/// <summary>Writes a model's half.</summary>
internal static class ModelEmitter
{
    public static IReadOnlyList<(string HintName, string Text)> Emit(ModelGraph model) => [];
}
