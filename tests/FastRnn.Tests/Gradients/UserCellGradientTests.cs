using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>Cells and stacks of every other form: own dimensions, several phases, functions with kinks, states that change
/// places.</summary>
public sealed class UserCellGradientTests
{
    private static readonly string[] Smooth =
    [
        nameof(EverySum_I2_H3), nameof(EverySum_L2), nameof(LowRank_I3_H16_R5), nameof(LowRank_L2), nameof(Rotation_I2_H3),
        nameof(Rotation_L2), nameof(TwelveGates_I5_H35), nameof(Tied_I3_H5), nameof(Tied_I21_H35), nameof(OneHotTied), nameof(MixedStack),
        nameof(OneHotStack), nameof(OneHotRotation),
    ];

    private static readonly string[] Kinked =
    [
        nameof(EveryFunction_I2_H3), nameof(EveryFunction_L2), nameof(ElmanRelu_I2_H3), nameof(ElmanRelu_I5_H7), nameof(ElmanRelu_I17_H8),
        nameof(ElmanRelu_I3_H2_L2), nameof(ElmanRelu_I17_H16_L2),
    ];

    public static TheoryData<string, int, int> SmoothCases => GradientCases.Few(Smooth);

    public static TheoryData<string, int, int> KinkedCases => GradientCases.Few(Kinked);

    [Theory]
    [MemberData(nameof(SmoothCases))]
    public void Outputs_and_gradients_are_those_of_the_equations(string model, int steps, int batch) =>
        GradientCheck.Run(model, steps, batch, GradientCases.Seed(model, steps, batch));

    [Theory]
    [MemberData(nameof(KinkedCases))]
    public void Functions_with_kinks_have_the_gradients_of_their_pieces(string model, int steps, int batch) =>
        GradientCheck.Run(model, steps, batch, GradientCases.Seed(model, steps, batch), GradientCheck.KinkedStep);
}
