namespace FastRnn.Benchmarks.Formats;

/// <summary>What a task says of all formats.</summary>
/// <param name="Name">The task.</param>
/// <param name="Figures">What was measured.</param>
/// <param name="Values">For float32, bfloat16, int8, int8 with the first and the last layer in float32, and int8 with the layer in float32
/// that loses most: a value for each figure; null where it says nothing.</param>
/// <param name="Layers">What all layers together, then each one alone, lose in int8: the root of the mean square of the differences over
/// that of the exact outputs.</param>
internal sealed record PriceRow(
    string Name, IReadOnlyList<PriceFigure> Figures, IReadOnlyList<IReadOnlyList<double>?> Values,
    IReadOnlyList<(string Layer, double RootMeanSquare)> Layers)
{
    public const int Float32 = 0;

    public const int Int8 = 2;
}
