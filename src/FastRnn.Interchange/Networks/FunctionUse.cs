namespace FastRnn.Interchange.Networks;

/// <summary>A function with its parameters, defaults already filled in by the rules of the file's format and version.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Alpha">See <see cref="FunctionKind"/>; 0 where there is none.</param>
/// <param name="Beta">See <see cref="FunctionKind"/>; 0 where there is none.</param>
internal sealed record FunctionUse(FunctionKind Kind, double Alpha = 0, double Beta = 0)
{
    public static FunctionUse Identity { get; } = new(FunctionKind.Identity);

    public static FunctionUse Sigmoid { get; } = new(FunctionKind.Sigmoid);

    public static FunctionUse Tanh { get; } = new(FunctionKind.Tanh);

    public static FunctionUse Relu { get; } = new(FunctionKind.Relu);

    /// <summary>x if x is at least a threshold, else 0: above the number of single precision before it.</summary>
    public static FunctionUse AtLeast(double threshold) =>
        new(FunctionKind.ThresholdedRelu, threshold == 0 ? 0 : MathF.BitDecrement((float)threshold));
}
