using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

public sealed class MinimalGatedUnitGradientTests
{
    public static TheoryData<string, int, int> Cases => GradientCases.Of(nameof(MinimalGatedUnit));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_and_gradients_are_those_of_the_equations(string model, int steps, int batch) =>
        GradientCheck.Run(model, steps, batch, GradientCases.Seed(model, steps, batch));
}
