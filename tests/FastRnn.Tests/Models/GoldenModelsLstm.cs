using FastRnn.Cells;
using FastRnn.Language;
using FastRnn.Tests.PyTorch;

namespace FastRnn.Tests.Models;

[Model, Input(3), Layer<Lstm>(1)]
internal sealed partial class Lstm_I3_H1;

[Model, Input(1), Layer<Lstm>(2)]
internal sealed partial class Lstm_I1_H2;

[Model, Input(2), Layer<Lstm>(3)]
internal sealed partial class Lstm_I2_H3;

[Model, Input(7), Layer<Lstm>(5)]
internal sealed partial class Lstm_I7_H5;

[Model, Input(5), Layer<Lstm>(7)]
internal sealed partial class Lstm_I5_H7;

[Model, Input(17), Layer<Lstm>(8)]
internal sealed partial class Lstm_I17_H8;

[Model, Input(8), Layer<Lstm>(15)]
internal sealed partial class Lstm_I8_H15;

[Model, Input(16), Layer<Lstm>(16)]
internal sealed partial class Lstm_I16_H16;

[Model, Input(31), Layer<Lstm>(17)]
internal sealed partial class Lstm_I31_H17;

[Model, Input(15), Layer<Lstm>(31)]
internal sealed partial class Lstm_I15_H31;

[Model, Input(65), Layer<Lstm>(33)]
internal sealed partial class Lstm_I65_H33;

[Model, Input(33), Layer<Lstm>(65)]
internal sealed partial class Lstm_I33_H65;

[Model, Input(3), Layer<Lstm>(2), Layer<Lstm>(2)]
internal sealed partial class Lstm_I3_H2_L2;

[Model, Input(7), Layer<Lstm>(5), Layer<Lstm>(5)]
internal sealed partial class Lstm_I7_H5_L2;

[Model, Input(1), Layer<Lstm>(8), Layer<Lstm>(8)]
internal sealed partial class Lstm_I1_H8_L2;

[Model, Input(17), Layer<Lstm>(16), Layer<Lstm>(16)]
internal sealed partial class Lstm_I17_H16_L2;

[Model, Input(16), Layer<Lstm>(31), Layer<Lstm>(31)]
internal sealed partial class Lstm_I16_H31_L2;

[Model, Input(33), Layer<Lstm>(65), Layer<Lstm>(65)]
internal sealed partial class Lstm_I33_H65_L2;

internal static partial class GoldenModels
{
    private static Dictionary<string, IGoldenRunner> Lstm => new()
    {
        ["lstm_i3_h1_l1"] = new GoldenRunner<Lstm_I3_H1>(width => new(seed: 1, width: width)),
        ["lstm_i1_h2_l1"] = new GoldenRunner<Lstm_I1_H2>(width => new(seed: 1, width: width)),
        ["lstm_i2_h3_l1"] = new GoldenRunner<Lstm_I2_H3>(width => new(seed: 1, width: width)),
        ["lstm_i7_h5_l1"] = new GoldenRunner<Lstm_I7_H5>(width => new(seed: 1, width: width)),
        ["lstm_i5_h7_l1"] = new GoldenRunner<Lstm_I5_H7>(width => new(seed: 1, width: width)),
        ["lstm_i17_h8_l1"] = new GoldenRunner<Lstm_I17_H8>(width => new(seed: 1, width: width)),
        ["lstm_i8_h15_l1"] = new GoldenRunner<Lstm_I8_H15>(width => new(seed: 1, width: width)),
        ["lstm_i16_h16_l1"] = new GoldenRunner<Lstm_I16_H16>(width => new(seed: 1, width: width)),
        ["lstm_i31_h17_l1"] = new GoldenRunner<Lstm_I31_H17>(width => new(seed: 1, width: width)),
        ["lstm_i15_h31_l1"] = new GoldenRunner<Lstm_I15_H31>(width => new(seed: 1, width: width)),
        ["lstm_i65_h33_l1"] = new GoldenRunner<Lstm_I65_H33>(width => new(seed: 1, width: width)),
        ["lstm_i33_h65_l1"] = new GoldenRunner<Lstm_I33_H65>(width => new(seed: 1, width: width)),
        ["lstm_i3_h2_l2"] = new GoldenRunner<Lstm_I3_H2_L2>(width => new(seed: 1, width: width)),
        ["lstm_i7_h5_l2"] = new GoldenRunner<Lstm_I7_H5_L2>(width => new(seed: 1, width: width)),
        ["lstm_i1_h8_l2"] = new GoldenRunner<Lstm_I1_H8_L2>(width => new(seed: 1, width: width)),
        ["lstm_i17_h16_l2"] = new GoldenRunner<Lstm_I17_H16_L2>(width => new(seed: 1, width: width)),
        ["lstm_i16_h31_l2"] = new GoldenRunner<Lstm_I16_H31_L2>(width => new(seed: 1, width: width)),
        ["lstm_i33_h65_l2"] = new GoldenRunner<Lstm_I33_H65_L2>(width => new(seed: 1, width: width)),
    };
}
