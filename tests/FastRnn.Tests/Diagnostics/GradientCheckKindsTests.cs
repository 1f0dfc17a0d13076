using FastRnn.Diagnostics;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Diagnostics;

/// <summary>The check that users run, of models of several inputs and heads, of labels without places, and of units that are
/// held.</summary>
public sealed class GradientCheckKindsTests
{
    private static readonly Dictionary<string, Func<GradientCheckOptions, GradientCheckResult>> Right = new()
    {
        ["several inputs"] = GradientCheck.Run<MixedTagger>,
        ["several inputs of an encoder and of a decoder"] = GradientCheck.Run<MixedTranslator>,
        ["several heads"] = GradientCheck.Run<ThreeHeads>,
        ["several heads, one output a sequence"] = GradientCheck.Run<PooledHeads>,
        ["Ctc"] = GradientCheck.Run<CtcReader>,
        ["zoneout and recurrent dropout"] = GradientCheck.Run<HeldStack>,
        ["zoneout and learned first states"] = GradientCheck.Run<HeldText>,
    };

    public static TheoryData<string> Checks => [.. Right.Keys];

    [Theory]
    [MemberData(nameof(Checks))]
    public void Right_gradients_are_found_right(string what)
    {
        var result = Right[what](new() { Seed = 5 });
        Assert.True(result.IsRight, result.ToString());
        Assert.InRange(result.LargestError, 1e-9, result.Tolerance);
    }
}
