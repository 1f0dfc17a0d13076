namespace FastRnn.Execution;

/// <summary>What a session is given for some steps, checked before it is entered. Each method returns the number of steps.</summary>
internal static class StepCheck
{
    /// <summary>Vectors <c>[T, B, I]</c>.</summary>
    public static int Vectors(ModelInfo info, int batch, ReadOnlySpan<float> x, Span<float> y)
    {
        ArgumentCheck.Vectors(info);
        var steps = ArgumentCheck.Steps(x.Length, batch * info.InputSize, nameof(x), "[T, B, I]");
        Outputs(info, batch, y, steps);
        ArgumentCheck.ApartOrSame(x, y);
        return steps;
    }

    /// <summary>Tokens <c>[T, B]</c>, or <c>[T, B, K]</c> of K inputs.</summary>
    public static int Tokens(ModelInfo info, int batch, ReadOnlySpan<int> tokens, Span<float> y)
    {
        ArgumentCheck.Tokens(info);
        var steps = ArgumentCheck.Steps(
            tokens.Length, batch * info.TokenCount, nameof(tokens), info.TokenCount == 1 ? "[T, B]" : "[T, B, K]");
        Outputs(info, batch, y, steps);
        ArgumentCheck.Vocabulary(tokens, info, nameof(tokens), batch);
        ArgumentCheck.Apart<int, float>(tokens, y, nameof(tokens));
        return steps;
    }

    /// <summary>Vectors <c>[T, B, I]</c> beside tokens <c>[T, B, K]</c>.</summary>
    public static int VectorsAndTokens(ModelInfo info, int batch, ReadOnlySpan<float> x, ReadOnlySpan<int> tokens, Span<float> y)
    {
        ArgumentCheck.VectorsAndTokens(info);
        var steps = ArgumentCheck.Steps(x.Length, batch * info.VectorSize, nameof(x), "[T, B, I]");
        ArgumentCheck.Length(tokens.Length, (long)steps * batch * info.TokenCount, nameof(tokens), "[T, B, K]");
        Outputs(info, batch, y, steps);
        ArgumentCheck.Vocabulary(tokens, info, nameof(tokens), batch);
        ArgumentCheck.Apart<float, float>(x, y, nameof(x));
        ArgumentCheck.Apart<int, float>(tokens, y, nameof(tokens));
        return steps;
    }

    private static void Outputs(ModelInfo info, int batch, Span<float> y, int steps) =>
        ArgumentCheck.Length(y.Length, (long)steps * batch * info.OutputSize, nameof(y), "[T, B, O]");
}
