using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>The built-in cells that have no test of all sizes of their own: each in one layer or two, of sizes that fill no
/// vector.</summary>
public sealed class CellGradientTests
{
    private static readonly string[] Smooth =
    [
        nameof(Jordan_L2), nameof(JordanSigmoid_I4_H7_O3), nameof(JordanSigmoid_L2), nameof(GruResetBefore_I3_H5),
        nameof(GruResetBefore_L2),
        nameof(PeepholeLstm_I3_H5), nameof(PeepholeLstm_L2), nameof(CoupledLstm_I3_H5), nameof(CoupledLstm_L2),
        nameof(ProjectedLstm_I3_H7_P5), nameof(ProjectedLstm_L2), nameof(BuiltInMinimalGatedUnit_L2), nameof(ElmanSigmoid_I5_H7),
        nameof(ElmanBiasFree_L2),
        nameof(LayerNormLstm_I3_H5), nameof(LayerNormLstm_L2),
    ];

    private static readonly string[] Kinked = [nameof(Irnn_I3_H5), nameof(IndRnn_I3_H5), nameof(IndRnn_L2)];

    public static TheoryData<string, int, int> SmoothCases => GradientCases.Few(Smooth);

    public static TheoryData<string, int, int> KinkedCases => GradientCases.Few(Kinked);

    [Theory]
    [MemberData(nameof(SmoothCases))]
    public void Outputs_and_gradients_are_those_of_the_equations(string model, int steps, int batch) =>
        GradientCheck.Run(model, steps, batch, GradientCases.Seed(model, steps, batch));

    [Theory]
    [MemberData(nameof(KinkedCases))]
    public void Rectified_units_have_the_gradients_of_their_pieces(string model, int steps, int batch) =>
        GradientCheck.Run(model, steps, batch, GradientCases.Seed(model, steps, batch), GradientCheck.KinkedStep);
}
