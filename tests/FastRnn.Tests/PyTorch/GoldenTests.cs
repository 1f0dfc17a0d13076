using FastRnn.Tests.Models;

namespace FastRnn.Tests.PyTorch;

/// <summary>The generated kernels against PyTorch in double precision, at every vector width that the CPU has.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> CaseNames => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Outputs_states_and_all_gradients_are_PyTorchs(string name)
    {
        var golden = GoldenCase.Load(name);
        foreach (var width in TestWidths.All)
            GoldenModels.All[name].Run(golden, width);
    }

    [Fact]
    public void Every_model_has_its_case() =>
        Assert.Equal(GoldenCase.Names, GoldenModels.All.Keys.Order(StringComparer.Ordinal));
}
