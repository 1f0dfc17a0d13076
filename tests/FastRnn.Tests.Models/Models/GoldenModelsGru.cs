using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Models;

[Model, Input(3), Layer<Gru>(1)]
internal sealed partial class Gru_I3_H1;

[Model, Input(1), Layer<Gru>(2)]
internal sealed partial class Gru_I1_H2;

[Model, Input(2), Layer<Gru>(3)]
internal sealed partial class Gru_I2_H3;

[Model, Input(7), Layer<Gru>(5)]
internal sealed partial class Gru_I7_H5;

[Model, Input(5), Layer<Gru>(7)]
internal sealed partial class Gru_I5_H7;

[Model, Input(17), Layer<Gru>(8)]
internal sealed partial class Gru_I17_H8;

[Model, Input(8), Layer<Gru>(15)]
internal sealed partial class Gru_I8_H15;

[Model, Input(16), Layer<Gru>(16)]
internal sealed partial class Gru_I16_H16;

[Model, Input(31), Layer<Gru>(17)]
internal sealed partial class Gru_I31_H17;

[Model, Input(15), Layer<Gru>(31)]
internal sealed partial class Gru_I15_H31;

[Model, Input(65), Layer<Gru>(33)]
internal sealed partial class Gru_I65_H33;

[Model, Input(33), Layer<Gru>(65)]
internal sealed partial class Gru_I33_H65;

[Model, Input(3), Layer<Gru>(2), Layer<Gru>(2)]
internal sealed partial class Gru_I3_H2_L2;

[Model, Input(7), Layer<Gru>(5), Layer<Gru>(5)]
internal sealed partial class Gru_I7_H5_L2;

[Model, Input(1), Layer<Gru>(8), Layer<Gru>(8)]
internal sealed partial class Gru_I1_H8_L2;

[Model, Input(17), Layer<Gru>(16), Layer<Gru>(16)]
internal sealed partial class Gru_I17_H16_L2;

[Model, Input(16), Layer<Gru>(31), Layer<Gru>(31)]
internal sealed partial class Gru_I16_H31_L2;

[Model, Input(33), Layer<Gru>(65), Layer<Gru>(65)]
internal sealed partial class Gru_I33_H65_L2;
