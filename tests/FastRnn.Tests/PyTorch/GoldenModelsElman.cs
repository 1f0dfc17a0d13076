using FastRnn.Tests.Models;

namespace FastRnn.Tests.PyTorch;

internal static partial class GoldenModels
{
    private static Dictionary<string, IGoldenRunner> Elman => new()
    {
        ["elman_i3_h1_l1"] = new GoldenRunner<Elman_I3_H1>(width => new(seed: 1, width: width)),
        ["elman_i1_h2_l1"] = new GoldenRunner<Elman_I1_H2>(width => new(seed: 1, width: width)),
        ["elman_i2_h3_l1"] = new GoldenRunner<Elman_I2_H3>(width => new(seed: 1, width: width)),
        ["elman_i7_h5_l1"] = new GoldenRunner<Elman_I7_H5>(width => new(seed: 1, width: width)),
        ["elman_i5_h7_l1"] = new GoldenRunner<Elman_I5_H7>(width => new(seed: 1, width: width)),
        ["elman_i17_h8_l1"] = new GoldenRunner<Elman_I17_H8>(width => new(seed: 1, width: width)),
        ["elman_i8_h15_l1"] = new GoldenRunner<Elman_I8_H15>(width => new(seed: 1, width: width)),
        ["elman_i16_h16_l1"] = new GoldenRunner<Elman_I16_H16>(width => new(seed: 1, width: width)),
        ["elman_i31_h17_l1"] = new GoldenRunner<Elman_I31_H17>(width => new(seed: 1, width: width)),
        ["elman_i15_h31_l1"] = new GoldenRunner<Elman_I15_H31>(width => new(seed: 1, width: width)),
        ["elman_i65_h33_l1"] = new GoldenRunner<Elman_I65_H33>(width => new(seed: 1, width: width)),
        ["elman_i33_h65_l1"] = new GoldenRunner<Elman_I33_H65>(width => new(seed: 1, width: width)),
        ["elman_i3_h2_l2"] = new GoldenRunner<Elman_I3_H2_L2>(width => new(seed: 1, width: width)),
        ["elman_i7_h5_l2"] = new GoldenRunner<Elman_I7_H5_L2>(width => new(seed: 1, width: width)),
        ["elman_i1_h8_l2"] = new GoldenRunner<Elman_I1_H8_L2>(width => new(seed: 1, width: width)),
        ["elman_i17_h16_l2"] = new GoldenRunner<Elman_I17_H16_L2>(width => new(seed: 1, width: width)),
        ["elman_i16_h31_l2"] = new GoldenRunner<Elman_I16_H31_L2>(width => new(seed: 1, width: width)),
        ["elman_i33_h65_l2"] = new GoldenRunner<Elman_I33_H65_L2>(width => new(seed: 1, width: width)),
    };
}
