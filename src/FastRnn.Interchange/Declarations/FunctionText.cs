using System.Globalization;

using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Declarations;

/// <summary>Functions as C# of the cell language.</summary>
internal static class FunctionText
{
    /// <summary>A function of an expression, or null if the language has no such function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">Its argument; a name where <see cref="ReadsTwice"/>.</param>
    public static string? Of(FunctionUse function, string x)
    {
        var (a, b) = (Number(function.Alpha), Number(function.Beta));
        return function.Kind switch
        {
            FunctionKind.Identity => x,
            FunctionKind.Sigmoid => $"Sigmoid({x})",
            FunctionKind.Tanh => $"Tanh({x})",
            FunctionKind.Relu => $"Relu({x})",
            FunctionKind.Softplus => $"Softplus({x})",
            FunctionKind.Exp => $"Exp({x})",
            FunctionKind.Affine => $"{a} * ({x}) + {b}",
            FunctionKind.LeakyRelu => $"Max(0, {x}) + {a} * Min(0, {x})",
            FunctionKind.ScaledTanh => $"{a} * Tanh({b} * ({x}))",
            FunctionKind.HardSigmoid => $"Max(0, Min(1, {a} * ({x}) + {b}))",
            FunctionKind.HardTanh => $"Max({a}, Min({b}, {x}))",
            FunctionKind.Elu => $"Max(0, {x}) + {a} * (Exp(Min(0, {x})) - 1)",
            FunctionKind.Selu => $"{b} * (Max(0, {x}) + {a} * (Exp(Min(0, {x})) - 1))",
            FunctionKind.Softsign => $"{x} / (1 + Abs({x}))",
            FunctionKind.Silu => $"{x} * Sigmoid({x})",
            FunctionKind.ThresholdedRelu when function.Alpha == 0 => $"Relu({x})",
            FunctionKind.ThresholdedRelu when StepFactor(function.Alpha) is { } factor =>
                $"{x} * Min(1, {Number(factor)} * Max(0, {x} - {a}))",
            _ => null,
        };
    }

    /// <summary>A function as that of a dense layer or between layers; null if there is no such one. Parameters of files are in single
    /// precision.</summary>
    public static DenseActivation? Activation(FunctionUse function) => (function.Kind, (float)function.Alpha, (float)function.Beta) switch
    {
        (FunctionKind.Identity, _, _) => DenseActivation.Linear,
        (FunctionKind.Sigmoid, _, _) => DenseActivation.Sigmoid,
        (FunctionKind.Tanh, _, _) => DenseActivation.Tanh,
        (FunctionKind.Relu, _, _) => DenseActivation.Relu,
        (FunctionKind.Softplus, _, _) => DenseActivation.Softplus,
        (FunctionKind.LeakyRelu, 0.01f, _) => DenseActivation.LeakyRelu,
        (FunctionKind.HardSigmoid, 1 / 6f, 0.5f) => DenseActivation.HardSigmoid,
        (FunctionKind.HardTanh, -1, 1) => DenseActivation.HardTanh,
        _ => null,
    };

    /// <summary>Whether the text names its argument more than once.</summary>
    public static bool ReadsTwice(FunctionUse function) => function.Kind is FunctionKind.LeakyRelu or FunctionKind.Elu or FunctionKind.Selu
        or FunctionKind.Softsign or FunctionKind.Silu or FunctionKind.ThresholdedRelu;

    // The language has no step. In single precision a difference from alpha is 0 or at least half the distance to alpha's neighbour, so
    // four over that distance makes it 0 or at least 2, and Min cuts that to 1 (with a gradient of 0, as a step has). Null for an alpha so
    // small that the factor is no number of single precision.
    private static double? StepFactor(double alpha)
    {
        var single = Math.Abs((float)alpha);
        var factor = 4 / ((double)MathF.BitIncrement(single) - single);
        return float.IsFinite((float)factor) ? factor : null;
    }

    /// <summary>A number as short as it can be said: <c>0.2</c> for the single-precision number nearest to it.</summary>
    public static string Number(double value)
    {
        var single = (float)value;
        return single == value ? single.ToString("R", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
