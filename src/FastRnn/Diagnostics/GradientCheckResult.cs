using System.Globalization;

namespace FastRnn.Diagnostics;

/// <summary>What <see cref="GradientCheck"/> found: the derivative that is farthest from its tolerance, and how many there were.</summary>
public sealed record GradientCheckResult
{
    /// <summary>Whether all derivatives are within their tolerances.</summary>
    public bool IsRight => Wrong == 0;

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>Where the largest error is: a parameter and its layer (<c>Ui of layer 1</c>), <c>embedding</c>, <c>input</c>, or a state
    /// with which a layer began (<c>first h of layer 0</c>).</summary>
    public required string Parameter { get; init; }

    /// <summary>Its element, row-major; null for the derivative along a direction through all elements.</summary>
    public required int? Index { get; init; }

    /// <summary>What the gradient is of: <c>loss</c> as the model declares it, or <c>outputs</c>, a sum of all outputs and last states with
    /// random factors.</summary>
    public required string Of { get; init; }

    /// <summary>The derivative by finite differences on the equations in double precision.</summary>
    public required double Expected { get; init; }

    /// <summary>The derivative from the kernels.</summary>
    public required double Got { get; init; }

    /// <summary>The difference, relative to the largest gradient of the parameter; of all derivatives the largest against its
    /// <see cref="Tolerance"/>. NaN if the kernels made no number.</summary>
    public required double LargestError { get; init; }

    /// <summary>How large <see cref="LargestError"/> may be: <see cref="Testing.ErrorBound.Backward"/>, which is oneDNN's bound
    /// <c>4 ceil(log2(K T)) 2^-23</c> doubled for the way back, a thousandth of it relative to the largest gradient of the whole model
    /// (small gradients are rests of large ones), and what finite differences are off by, all relative to the largest gradient of the
    /// parameter.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Derivatives that were compared.</summary>
    public required int Derivatives { get; init; }

    /// <summary>Those outside of their tolerances.</summary>
    public required int Wrong { get; init; }

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var where = Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"{Parameter}[{index}]") : $"all of {Parameter}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Model}: {Wrong} of {Derivatives} derivatives are wrong; largest error {LargestError:0.0e-0} (tolerance {Tolerance:0.0e-0}) "
                + $"at {where}, of the {Of}: expected {Expected:g9}, got {Got:g9}");
    }
}
