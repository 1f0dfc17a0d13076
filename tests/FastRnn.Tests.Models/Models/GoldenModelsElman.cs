using FastRnn.Cells;
using FastRnn.Language;

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
