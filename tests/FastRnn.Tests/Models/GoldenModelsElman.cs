using FastRnn.Cells;
using FastRnn.Language;
using FastRnn.Tests.PyTorch;

namespace FastRnn.Tests.Models;

[Model, Input(3), Layer<Elman>(1)]
internal sealed partial class Elman_I3_H1;

[Model, Input(1), Layer<Elman>(2)]
internal sealed partial class Elman_I1_H2;

[Model, Input(2), Layer<Elman>(3)]
internal sealed partial class Elman_I2_H3;

[Model, Input(7), Layer<Elman>(5)]
internal sealed partial class Elman_I7_H5;

[Model, Input(5), Layer<Elman>(7)]
internal sealed partial class Elman_I5_H7;

[Model, Input(17), Layer<Elman>(8)]
internal sealed partial class Elman_I17_H8;

[Model, Input(8), Layer<Elman>(15)]
internal sealed partial class Elman_I8_H15;

[Model, Input(16), Layer<Elman>(16)]
internal sealed partial class Elman_I16_H16;

[Model, Input(31), Layer<Elman>(17)]
internal sealed partial class Elman_I31_H17;

[Model, Input(15), Layer<Elman>(31)]
internal sealed partial class Elman_I15_H31;

[Model, Input(65), Layer<Elman>(33)]
internal sealed partial class Elman_I65_H33;

[Model, Input(33), Layer<Elman>(65)]
internal sealed partial class Elman_I33_H65;

[Model, Input(3), Layer<Elman>(2), Layer<Elman>(2)]
internal sealed partial class Elman_I3_H2_L2;

[Model, Input(7), Layer<Elman>(5), Layer<Elman>(5)]
internal sealed partial class Elman_I7_H5_L2;

[Model, Input(1), Layer<Elman>(8), Layer<Elman>(8)]
internal sealed partial class Elman_I1_H8_L2;

[Model, Input(17), Layer<Elman>(16), Layer<Elman>(16)]
internal sealed partial class Elman_I17_H16_L2;

[Model, Input(16), Layer<Elman>(31), Layer<Elman>(31)]
internal sealed partial class Elman_I16_H31_L2;

[Model, Input(33), Layer<Elman>(65), Layer<Elman>(65)]
internal sealed partial class Elman_I33_H65_L2;

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
