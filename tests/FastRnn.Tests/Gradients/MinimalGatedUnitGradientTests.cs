using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>A cell of two phases: of one unit, of sizes that fill no vector, some, and more than one, in one layer and two.</summary>
public sealed class MinimalGatedUnitGradientTests
{
    public static TheoryData<string, int, int> Cases => GradientCases.Few(
    [
        nameof(MinimalGatedUnit_I3_H1), nameof(MinimalGatedUnit_I2_H3), nameof(MinimalGatedUnit_I5_H7), nameof(MinimalGatedUnit_I16_H16),
        nameof(MinimalGatedUnit_I31_H17), nameof(MinimalGatedUnit_I33_H65), nameof(MinimalGatedUnit_I3_H2_L2),
        nameof(MinimalGatedUnit_I17_H16_L2), nameof(MinimalGatedUnit_I33_H65_L2),
    ]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_those_of_the_equations(string model, int steps, int batch) =>
        GradientCheck.Run(model, steps, batch, GradientCases.Seed(model, steps, batch));
}
