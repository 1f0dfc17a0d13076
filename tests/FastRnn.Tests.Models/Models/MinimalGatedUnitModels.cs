using FastRnn.Language;

namespace FastRnn.Tests.Models;

[Model, Input(3), Layer<MinimalGatedUnit>(1)]
internal sealed partial class MinimalGatedUnit_I3_H1;

[Model, Input(2), Layer<MinimalGatedUnit>(3)]
internal sealed partial class MinimalGatedUnit_I2_H3;

[Model, Input(5), Layer<MinimalGatedUnit>(7)]
internal sealed partial class MinimalGatedUnit_I5_H7;

[Model, Input(16), Layer<MinimalGatedUnit>(16)]
internal sealed partial class MinimalGatedUnit_I16_H16;

[Model, Input(31), Layer<MinimalGatedUnit>(17)]
internal sealed partial class MinimalGatedUnit_I31_H17;

[Model, Input(33), Layer<MinimalGatedUnit>(65)]
internal sealed partial class MinimalGatedUnit_I33_H65;

[Model, Input(3), Layer<MinimalGatedUnit>(2), Layer<MinimalGatedUnit>(2)]
internal sealed partial class MinimalGatedUnit_I3_H2_L2;

[Model, Input(17), Layer<MinimalGatedUnit>(16), Layer<MinimalGatedUnit>(16)]
internal sealed partial class MinimalGatedUnit_I17_H16_L2;

[Model, Input(33), Layer<MinimalGatedUnit>(65), Layer<MinimalGatedUnit>(65)]
internal sealed partial class MinimalGatedUnit_I33_H65_L2;
