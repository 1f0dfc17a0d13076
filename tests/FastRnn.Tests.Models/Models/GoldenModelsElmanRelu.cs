using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Models;

[Model, Input(3), Layer<ElmanRelu>(1)]
internal sealed partial class ElmanRelu_I3_H1;

[Model, Input(1), Layer<ElmanRelu>(2)]
internal sealed partial class ElmanRelu_I1_H2;

[Model, Input(2), Layer<ElmanRelu>(3)]
internal sealed partial class ElmanRelu_I2_H3;

[Model, Input(7), Layer<ElmanRelu>(5)]
internal sealed partial class ElmanRelu_I7_H5;

[Model, Input(5), Layer<ElmanRelu>(7)]
internal sealed partial class ElmanRelu_I5_H7;

[Model, Input(17), Layer<ElmanRelu>(8)]
internal sealed partial class ElmanRelu_I17_H8;

[Model, Input(8), Layer<ElmanRelu>(15)]
internal sealed partial class ElmanRelu_I8_H15;

[Model, Input(16), Layer<ElmanRelu>(16)]
internal sealed partial class ElmanRelu_I16_H16;

[Model, Input(31), Layer<ElmanRelu>(17)]
internal sealed partial class ElmanRelu_I31_H17;

[Model, Input(15), Layer<ElmanRelu>(31)]
internal sealed partial class ElmanRelu_I15_H31;

[Model, Input(65), Layer<ElmanRelu>(33)]
internal sealed partial class ElmanRelu_I65_H33;

[Model, Input(33), Layer<ElmanRelu>(65)]
internal sealed partial class ElmanRelu_I33_H65;

[Model, Input(3), Layer<ElmanRelu>(2), Layer<ElmanRelu>(2)]
internal sealed partial class ElmanRelu_I3_H2_L2;

[Model, Input(7), Layer<ElmanRelu>(5), Layer<ElmanRelu>(5)]
internal sealed partial class ElmanRelu_I7_H5_L2;

[Model, Input(1), Layer<ElmanRelu>(8), Layer<ElmanRelu>(8)]
internal sealed partial class ElmanRelu_I1_H8_L2;

[Model, Input(17), Layer<ElmanRelu>(16), Layer<ElmanRelu>(16)]
internal sealed partial class ElmanRelu_I17_H16_L2;

[Model, Input(16), Layer<ElmanRelu>(31), Layer<ElmanRelu>(31)]
internal sealed partial class ElmanRelu_I16_H31_L2;

[Model, Input(33), Layer<ElmanRelu>(65), Layer<ElmanRelu>(65)]
internal sealed partial class ElmanRelu_I33_H65_L2;
