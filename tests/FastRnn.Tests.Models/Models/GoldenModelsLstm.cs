using FastRnn.Cells;
using FastRnn.Language;

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
